package dev.roost.host.job;

import dev.roost.spi.HostServices;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The executions of an app's jobs, newest first: documents under {@code
 * azure-webjobs-hosts/roost/ID/jobs/}, of which the newest are kept. Their names count down, so
 * that a listing begins with the newest.
 *
 * @param store where they are
 * @param hostId whose they are
 */
public record JobBook(StateStore store, String hostId) {
  /** How many are kept. */
  static final int KEPT = 1000;

  private static final int MOST_DELETED = 20;
  private static final long LAST_MILLI = 9_999_999_999_999L;

  /** The book of a host's app. */
  public static JobBook of(HostServices host) {
    return new JobBook(host.stateStore(), host.hostId());
  }

  /** Writes one down and forgets the oldest. */
  public void write(Execution execution) throws IOException {
    String name =
        String.format(
            Locale.ROOT, "%013d-%s", LAST_MILLI - execution.start().toEpochMilli(), execution.id());
    store.write(prefix() + name, execution.json().toString());
    for (String old : store.list(prefix(), KEPT + MOST_DELETED).stream().skip(KEPT).toList()) {
      store.delete(old);
    }
  }

  /** The newest, as JSON; one that is deleted meanwhile is left out. */
  public List<String> last(int count) throws IOException {
    List<String> found = new ArrayList<>();
    for (String path : store.list(prefix(), count)) {
      Optional<StateStore.Document> document = store.read(path);
      document.map(StateStore.Document::content).ifPresent(found::add);
    }
    return found;
  }

  private String prefix() {
    return "azure-webjobs-hosts/roost/" + hostId + "/jobs/";
  }
}
