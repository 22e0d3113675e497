package dev.roost.host.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.spi.Health;
import dev.roost.spi.Problem;
import dev.roost.spi.StateStore;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as they lie in each store, on a clock that stands still. */
class KeysTest {
  private static final String HOST_JSON = "azure-webjobs-secrets/testhost/host.json";

  private final TestHost host = new TestHost();
  private final List<Problem> problems = new ArrayList<>();
  @TempDir private Path folder;

  private Keys keys() {
    return Keys.of(host, problems::add);
  }

  private Keys blobs() {
    host.values.put("AzureWebJobsStorage", "UseDevelopmentStorage=true");
    return keys();
  }

  private Keys files() {
    host.values.put("AzureWebJobsSecretStorageType", "files");
    host.values.put("FUNCTIONS_SECRETS_PATH", folder.toString());
    return keys();
  }

  private Keys mounted() {
    host.values.put("AzureWebJobsSecretStorageType", "Kubernetes");
    host.values.put("FUNCTIONS_SECRETS_PATH", folder.toString());
    return keys();
  }

  private JsonNode document(String path) throws IOException {
    return new ObjectMapper().readTree(host.stateStore.read(path).orElseThrow().content());
  }

  private static String only(Keys keys, KeyKind kind) throws IOException {
    List<Key> all = keys.list(kind, "orders");
    assertThat(all).hasSize(1);
    return all.getFirst().value();
  }

  @Test
  void missingKeysAreMadeInTheOfficialForm() throws IOException {
    Keys keys = blobs();
    String master = only(keys, KeyKind.MASTER);
    JsonNode stored = document(HOST_JSON);
    assertThat(stored.at("/masterKey/value").asText()).isEqualTo(master);
    assertThat(stored.at("/masterKey/name").asText()).isEqualTo("master");
    assertThat(stored.at("/masterKey/encrypted").asBoolean(true)).isFalse();
    assertThat(stored.at("/functionKeys/0/name").asText()).isEqualTo("default");
    assertThat(stored.at("/systemKeys").isArray()).isTrue();
    assertThat(stored.at("/instanceId").asText()).isEqualTo("test-instance");
    assertThat(stored.at("/source").asText()).isEqualTo("runtime");
    assertThat(stored.has("hostName")).isTrue();
    assertThat(stored.has("decryptionKeyId")).isTrue();
    only(keys, KeyKind.FUNCTION);
    assertThat(document("azure-webjobs-secrets/testhost/orders.json").at("/keys/0/name").asText())
        .isEqualTo("default");
  }

  @Test
  void keysThatAreThereStayAsTheyAre() throws IOException {
    host.stateStore.write(
        HOST_JSON,
        """
        {"masterKey": {"name": "master", "value": "m", "encrypted": false},
         "functionKeys": [{"name": "default", "value": "f", "encrypted": false}],
         "systemKeys": [], "decryptionKeyId": "AzureWebEncryptionKey=1;", "more": [1]}
        """);
    String before = host.stateStore.read(HOST_JSON).orElseThrow().content();
    Keys keys = blobs();
    assertThat(only(keys, KeyKind.MASTER)).isEqualTo("m");
    assertThat(only(keys, KeyKind.HOST)).isEqualTo("f");
    assertThat(host.stateStore.read(HOST_JSON).orElseThrow().content()).isEqualTo(before);
    keys.put(KeyKind.SYSTEM, "", "hooks", Optional.of("s"));
    assertThat(document(HOST_JSON).at("/more/0").asInt()).isEqualTo(1);
    assertThat(document(HOST_JSON).at("/decryptionKeyId").asText())
        .isEqualTo("AzureWebEncryptionKey=1;");
    assertThat(document(HOST_JSON).at("/masterKey/value").asText()).isEqualTo("m");
  }

  @Test
  void aKeyThatCannotBeDecryptedIsToldAndKept() throws IOException {
    host.stateStore.write(
        HOST_JSON,
        """
        {"masterKey": {"name": "master", "value": "CfDJ8secret", "encrypted": true},
         "functionKeys": [{"name": "old", "value": "CfDJ8other", "encrypted": true},
                          {"name": "new", "value": "plain", "encrypted": false}]}
        """);
    try (LoggedLines log = new LoggedLines("Host.Authentication")) {
      Keys keys = blobs();
      assertThat(keys.list(KeyKind.MASTER, "")).isEmpty();
      assertThat(keys.list(KeyKind.HOST, "")).extracting(Key::name).containsExactly("new");
      assertThat(log.lines())
          .anyMatch(line -> line.contains("'master' in host.json") && line.contains("encrypted"))
          .anyMatch(line -> line.contains("'old' in host.json"))
          .noneMatch(line -> line.contains("CfDJ8"));
      keys.put(KeyKind.MASTER, "", "", Optional.of("renewed"));
      assertThat(only(keys, KeyKind.MASTER)).isEqualTo("renewed");
      assertThat(document(HOST_JSON).at("/functionKeys/0/value").asText()).isEqualTo("CfDJ8other");
    }
  }

  @Test
  void theHostsOfAnAppAgreeOnTheKeysThatOneOfThemMade() throws IOException {
    Keys one = blobs();
    Keys other = keys();
    assertThat(only(one, KeyKind.MASTER)).isEqualTo(only(other, KeyKind.MASTER));
  }

  @Test
  void theHostThatComesSecondTakesTheKeysOfTheFirst() throws IOException {
    AtomicBoolean raced = new AtomicBoolean();
    StateStore shared = host.stateStore;
    host.stateStore =
        new RacingStore(
            shared,
            () -> {
              if (raced.compareAndSet(false, true)) {
                shared.write(
                    HOST_JSON,
                    "{\"masterKey\": {\"name\": \"master\", \"value\": \"first\", \"encrypted\":"
                        + " false}, \"functionKeys\": [{\"name\": \"default\", \"value\":"
                        + " \"f\"}]}");
              }
            });
    assertThat(only(blobs(), KeyKind.MASTER)).isEqualTo("first");
  }

  @Test
  void aChangeByOthersIsSeenWithoutARestart() throws IOException {
    Keys keys = blobs();
    keys.start();
    host.manualClock.advance(Duration.ZERO);
    String before = only(keys, KeyKind.FUNCTION);
    keys().put(KeyKind.FUNCTION, "Orders", "default", Optional.of("changed"));
    assertThat(keys.known(KeyScope.of("orders")).opens(KeyKind.FUNCTION, before)).isTrue();
    host.manualClock.advance(Duration.ofSeconds(30));
    assertThat(keys.known(KeyScope.of("orders")).opens(KeyKind.FUNCTION, before)).isFalse();
    assertThat(keys.known(KeyScope.of("orders")).opens(KeyKind.FUNCTION, "changed")).isTrue();
  }

  @Test
  void anUnknownKeyMakesUsLookAgainOnceAMinuteAtMost() throws IOException {
    Keys keys = blobs();
    assertThat(keys.known(KeyScope.HOST).opens(KeyKind.HOST, "later")).isFalse();
    keys().put(KeyKind.HOST, "", "extra", Optional.of("later"));
    assertThat(keys.lookAgain(KeyScope.HOST)).isTrue();
    assertThat(keys.known(KeyScope.HOST).opens(KeyKind.HOST, "later")).isTrue();
    assertThat(keys.lookAgain(KeyScope.HOST)).isFalse();
    host.manualClock.advance(Duration.ofMinutes(1));
    assertThat(keys.lookAgain(KeyScope.HOST)).isTrue();
  }

  @Test
  void keysStayValidWhileTheStoreIsAway() throws IOException {
    AtomicBoolean down = new AtomicBoolean();
    host.stateStore =
        new RacingStore(
            host.stateStore,
            () -> {
              if (down.get()) {
                throw new IOException("the account does not answer");
              }
            });
    Keys keys = blobs();
    keys.start();
    host.manualClock.advance(Duration.ZERO);
    String master = only(keys, KeyKind.MASTER);
    down.set(true);
    host.manualClock.advance(Duration.ofMinutes(5));
    assertThat(keys.known(KeyScope.HOST).opens(KeyKind.MASTER, master)).isTrue();
    assertThat(keys.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(keys.health().reason()).contains("the account does not answer");
    assertThatThrownBy(() -> keys.known(KeyScope.of("orders"))).isInstanceOf(IOException.class);
    down.set(false);
    host.manualClock.advance(Duration.ofMinutes(1));
    assertThat(keys.health()).isEqualTo(Health.UP);
  }

  @Test
  void whatIsThereOpensAlsoWhenWhatIsMissingCannotBeWritten() throws IOException {
    host.stateStore.write(
        HOST_JSON, "{\"functionKeys\": [{\"name\": \"default\", \"value\": \"f\"}]}");
    AtomicInteger calls = new AtomicInteger();
    host.stateStore =
        new RacingStore(
            host.stateStore,
            () -> {
              if (calls.incrementAndGet() % 2 == 0) { // each write after each read
                throw new IOException("no permission to write");
              }
            });
    Keys keys = blobs();
    assertThat(only(keys, KeyKind.HOST)).isEqualTo("f");
    assertThat(keys.list(KeyKind.MASTER, "")).isEmpty();
    assertThat(keys.known(KeyScope.of("orders")).keys(KeyKind.FUNCTION)).isEmpty();
    assertThat(keys.health().reason()).contains("no permission to write");
  }

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    Keys keys = files();
    String master = only(keys, KeyKind.MASTER);
    Path file = folder.resolve("host.json");
    assertThat(Files.readString(file)).contains(master);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, Files.readString(file).replace(master, "by-hand"));
    assertThat(only(keys, KeyKind.MASTER)).isEqualTo("by-hand");
  }

  @Test
  void aMountedSecretIsReadAndNeverWritten() throws IOException {
    Files.writeString(folder.resolve("host.master"), "m\n");
    Files.writeString(folder.resolve("host.function.default"), "f");
    Files.writeString(folder.resolve("host.systemKey.blobs_extension"), "s");
    Files.writeString(folder.resolve("functions.orders.default"), "o");
    Files.writeString(folder.resolve("unrelated"), "x");
    Keys keys = mounted();
    assertThat(only(keys, KeyKind.MASTER)).isEqualTo("m");
    assertThat(only(keys, KeyKind.HOST)).isEqualTo("f");
    assertThat(only(keys, KeyKind.SYSTEM)).isEqualTo("s");
    assertThat(only(keys, KeyKind.FUNCTION)).isEqualTo("o");
    assertThat(keys.list(KeyKind.FUNCTION, "other")).isEmpty();
    assertThat(keys.put(KeyKind.HOST, "", "more", Optional.empty()))
        .isInstanceOfSatisfying(
            KeyEdit.Refused.class, refused -> assertThat(refused.reason()).contains("only read"));
    assertThat(keys.delete(KeyKind.HOST, "", "default")).isInstanceOf(KeyEdit.Refused.class);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(5);
    }
  }

  @Test
  void aMountedSecretThatIsNotThereIsSaid() {
    host.values.put("AzureWebJobsSecretStorageType", "kubernetes");
    host.values.put("FUNCTIONS_SECRETS_PATH", folder.resolve("absent").toString());
    assertThatThrownBy(() -> keys().list(KeyKind.MASTER, ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent does not exist: mount the secret there");
  }

  @Test
  void theEnvironmentGoesBeforeTheStore() throws IOException {
    host.values.put("ROOST_KEYS__host__master", "from-environment");
    host.values.put("ROOST_KEYS__functions__orders__default", "of-orders");
    Keys keys = files();
    assertThat(only(keys, KeyKind.MASTER)).isEqualTo("from-environment");
    assertThat(only(keys, KeyKind.FUNCTION)).isEqualTo("of-orders");
    assertThat(folder.resolve("orders.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("host.json"))).doesNotContain("master");
    assertThat(keys.put(KeyKind.MASTER, "", "", Optional.empty()))
        .isEqualTo(new KeyEdit.Refused("the key 'master' is given by the environment"));
  }

  @Test
  void keysAreCreatedRenewedAndDeleted() throws IOException {
    Keys keys = blobs();
    assertThat(keys.put(KeyKind.FUNCTION, "Orders", "app", Optional.of("1")))
        .isEqualTo(new KeyEdit.Created(new Key("app", "1")));
    assertThat(keys.put(KeyKind.FUNCTION, "orders", "APP", Optional.of("2")))
        .isEqualTo(new KeyEdit.Renewed(new Key("APP", "2")));
    assertThat(keys.list(KeyKind.FUNCTION, "ORDERS")).contains(new Key("APP", "2"));
    assertThat(keys.delete(KeyKind.FUNCTION, "orders", "app")).isEqualTo(new KeyEdit.Deleted());
    assertThat(keys.delete(KeyKind.FUNCTION, "orders", "app")).isEqualTo(new KeyEdit.Missing());
    assertThat(keys.delete(KeyKind.MASTER, "", "master")).isInstanceOf(KeyEdit.Refused.class);
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @CsvSource({
    "keyvault,   'is not a place for keys', false",
    "files,      'needs FUNCTIONS_SECRETS_PATH', false",
    "blob,       'needs AzureWebJobsStorage', false",
  })
  void aPlaceThatCannotBeIsAProblem(String type, String told, boolean possible) {
    host.values.put("AzureWebJobsSecretStorageType", type);
    assertThat(keys().possible()).isEqualTo(possible);
    assertThat(problems).singleElement().extracting(Problem::line).asString().contains(told);
  }

  @Test
  void onAppServiceTheFolderIsNamedAfterSiteAndSlot() throws IOException {
    host.values.put("WEBSITE_SITE_NAME", "Shop");
    host.values.put("WEBSITE_SLOT_NAME", "Staging");
    only(blobs(), KeyKind.MASTER);
    assertThat(host.stateStore.list("azure-webjobs-secrets/", 10))
        .containsExactly("azure-webjobs-secrets/shop-staging/host.json");
  }

  @Test
  void noKeyIsLoggedNorInAnErrorNorInAText() throws IOException {
    try (LoggedLines log = new LoggedLines("Host.Authentication")) {
      host.stateStore.write(HOST_JSON, "{\"masterKey\": {\"value\": \"s3cret\" \"x\"");
      assertThatThrownBy(() -> blobs().list(KeyKind.MASTER, ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(HOST_JSON + " is not valid JSON (line 1)");
      Keys keys = files();
      KeyEdit edit = keys.put(KeyKind.HOST, "", "app", Optional.of("s3cret"));
      assertThat(edit.toString()).contains("app").doesNotContain("s3cret");
      assertThat(keys.known(KeyScope.HOST).toString()).doesNotContain("s3cret");
      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
    }
  }

  @Test
  void aGoneFunctionsKeysDoNotOpenAnother() throws IOException {
    Keys keys = Keys.of(host, new NoKeyStore("nowhere"), Map.of("functions.orders.default", "o"));
    assertThat(keys.known(KeyScope.of("orders")).opens(KeyKind.FUNCTION, "o")).isTrue();
    assertThat(keys.known(KeyScope.of("order")).opens(KeyKind.FUNCTION, "o")).isFalse();
    assertThat(keys.known(KeyScope.HOST).opens(KeyKind.HOST, "o")).isFalse();
  }
}
