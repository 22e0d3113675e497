package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.StateStore;
import dev.roost.spi.StateStore.Document;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} keeps. Tests use a folder of their own in one container. */
public interface StateStoreContract {

  /** The store under test; its container need not exist. */
  StateStore store();

  private static String folder() {
    return "azure-webjobs-hosts/contract/" + UUID.randomUUID();
  }

  @Test
  default void readsWhatWasWritten() throws IOException {
    String path = folder() + "/status";

    String etag = store().write(path, "{\"Last\":\"äöü\"}");

    Document document = store().read(path).orElseThrow();
    assertThat(document.path()).isEqualTo(path);
    assertThat(document.content()).isEqualTo("{\"Last\":\"äöü\"}");
    assertThat(document.etag()).isEqualTo(etag).isNotEmpty();
    assertThat(document.lastModified()).isAfter(Instant.EPOCH);
  }

  @Test
  default void readsNothingWhereNothingIs() throws IOException {
    assertThat(store().read(folder() + "/none")).isEmpty();
    assertThat(store().read("contract-no-such-container/none")).isEmpty();
  }

  @Test
  default void writesOverWhateverWasThereWithANewEtag() throws IOException {
    String path = folder() + "/status";

    String first = store().write(path, "1");
    String second = store().write(path, "");

    assertThat(second).isNotEqualTo(first);
    assertThat(store().read(path)).map(Document::content).contains("");
  }

  @Test
  default void createsOnlyOnce() throws IOException {
    String path = folder() + "/receipt";

    assertThat(store().create(path, "mine")).isPresent();
    assertThat(store().create(path, "yours")).isEmpty();
    assertThat(store().read(path)).map(Document::content).contains("mine");
  }

  @Test
  default void createsTheContainerWithTheFirstDocument() throws IOException {
    String container = "contract-" + UUID.randomUUID();

    assertThat(store().create(container + "/a", "1")).isPresent();
    assertThat(store().read(container + "/a")).isPresent();
  }

  @Test
  default void replacesOnlyWhatWasSeen() throws IOException {
    String path = folder() + "/status";
    String seen = store().write(path, "1");

    Optional<String> mine = store().replace(path, seen, "2");
    Optional<String> tooLate = store().replace(path, seen, "3");

    assertThat(mine).isPresent();
    assertThat(tooLate).isEmpty();
    assertThat(store().read(path)).map(Document::content).contains("2");
    assertThat(store().replace(folder() + "/none", seen, "4")).isEmpty();
  }

  @Test
  default void deletesAndSaysWhetherAnythingWasThere() throws IOException {
    String path = folder() + "/status";
    store().write(path, "1");

    assertThat(store().delete(path)).isTrue();
    assertThat(store().delete(path)).isFalse();
    assertThat(store().delete("contract-no-such-container/none")).isFalse();
    assertThat(store().read(path)).isEmpty();
  }

  @Test
  default void listsPathsByPrefixInOrderAndUpToALimit() throws IOException {
    String folder = folder();
    for (String name : new String[] {"b", "a/2", "a/1", "c"}) {
      store().write(folder + "/" + name, name);
    }

    assertThat(store().list(folder + "/", 10))
        .containsExactly(folder + "/a/1", folder + "/a/2", folder + "/b", folder + "/c");
    assertThat(store().list(folder + "/a/", 10)).containsExactly(folder + "/a/1", folder + "/a/2");
    assertThat(store().list(folder + "/", 2)).containsExactly(folder + "/a/1", folder + "/a/2");
    assertThat(store().list("contract-no-such-container/", 2)).isEmpty();
  }
}
