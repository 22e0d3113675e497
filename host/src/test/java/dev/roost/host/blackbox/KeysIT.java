package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of the packaged host in Production: of files, of the environment, of blobs. */
class KeysIT {
  @TempDir private static Path folder;
  private static Path jar;

  @BeforeAll
  static void compile() throws IOException {
    jar =
        TestJar.functions(
                """
                @FunctionName("Keyed")
                public String keyed(@HttpTrigger(name = "r") HttpRequestMessage<String> r) {
                  return "keyed";
                }
                """)
            .jar(folder.resolve("keyed.jar"));
  }

  private static HostProcess.Command command(String... more) {
    return HostProcess.command(more);
  }

  private static HostProcess.Command start() {
    return command("start", jar.toString(), "--port", "0");
  }

  private static int status(HostProcess host, String path, String key)
      throws IOException, InterruptedException {
    return HostProcess.send(host.request(path).header("x-functions-key", key)).statusCode();
  }

  /** What a command prints on its last line. */
  private static String output(HostProcess.Command command)
      throws IOException, InterruptedException {
    try (HostProcess process = command.start()) {
      assertThat(process.exitCode()).as(String.join("\n", process.lines())).isZero();
      return process.lines().getLast();
    }
  }

  @Test
  void ofFilesAreMadeByTheCommandAndSeenByTheRunningHost()
      throws IOException, InterruptedException {
    String keys = folder.resolve("keys").toString();
    String master =
        output(
            command("keys", "renew", "--master", "--app", jar.toString())
                .with("FUNCTIONS_SECRETS_PATH", keys));
    try (HostProcess host = start().with("FUNCTIONS_SECRETS_PATH", keys).started()) {
      assertThat(host.get("/api/Keyed").statusCode()).isEqualTo(401);
      assertThat(status(host, "/api/Keyed", master)).isEqualTo(200);
      assertThat(status(host, "/admin/host/status", master)).isEqualTo(200);
      String made =
          output(
              command("keys", "create", "app", "--function", "keyed", "--app", jar.toString())
                  .with("FUNCTIONS_SECRETS_PATH", keys));
      await().until(() -> status(host, "/api/Keyed", made) == 200);
      assertThat(host.get("/api/Keyed?code=" + made).body()).isEqualTo("keyed");
      assertThat(status(host, "/admin/host/status", made)).isEqualTo(401);
      assertThat(host.lines()).noneMatch(line -> line.contains(made) || line.contains(master));
    }
  }

  @Test
  void ofTheEnvironmentOpenWithoutAnyStore() throws IOException, InterruptedException {
    try (HostProcess host =
        start()
            .with("ROOST_KEYS__host__master", "m1")
            .with("ROOST_KEYS__functions__Keyed__default", "f1")
            .started()) {
      assertThat(status(host, "/api/Keyed", "f1")).isEqualTo(200);
      assertThat(status(host, "/api/Keyed", "wrong")).isEqualTo(401);
      assertThat(status(host, "/admin/host/status", "m1")).isEqualTo(200);
      assertThat(status(host, "/admin/host/status", "f1")).isEqualTo(401);
      assertThat(host.lines()).anyMatch(line -> line.contains("functions need their keys"));
    }
  }

  @Test
  void ofBlobsAreMadeInTheOfficialContainerAndChangedThere()
      throws IOException, InterruptedException {
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            start()
                .with("AzureWebJobsStorage", azurite.connectionString())
                .with("AzureFunctionsWebHost__hostid", "keysit")
                .started()) {
      await().until(() -> host.get("/runtime/health/ready").statusCode() == 200);
      BlobContainerClient secrets =
          new Storage(azurite.connectionString()).container("azure-webjobs-secrets");
      JsonNode document = json(secrets, "keysit/host.json");
      String master = document.at("/masterKey/value").asText();
      assertThat(status(host, "/admin/host/status", master)).isEqualTo(200);
      assertThat(status(host, "/api/Keyed", document.at("/functionKeys/0/value").asText()))
          .isEqualTo(200);
      assertThat(status(host, "/admin/functions/Keyed/keys", master)).isEqualTo(200);
      String ofFunction = json(secrets, "keysit/keyed.json").at("/keys/0/value").asText();
      assertThat(status(host, "/api/Keyed", ofFunction)).isEqualTo(200);
      assertThat(document.path("systemKeys").findValuesAsText("name")).contains("blobs_extension");
      secrets
          .getBlobClient("keysit/host.json")
          .upload(BinaryData.fromString(document.toString().replace(master, "by-hand")), true);
      await().until(() -> status(host, "/admin/host/status", "by-hand") == 200);
      assertThat(status(host, "/admin/host/status", master)).isEqualTo(401);
    }
  }

  private static JsonNode json(BlobContainerClient container, String blob) throws IOException {
    return new ObjectMapper().readTree(container.getBlobClient(blob).downloadContent().toString());
  }

  @Test
  void ofAMountedSecretAreReadAgainAndNeverWritten() throws IOException, InterruptedException {
    Path secret = Files.createDirectories(folder.resolve("secret"));
    Files.writeString(secret.resolve("host.master"), "m1\n");
    Files.writeString(secret.resolve("functions.keyed.default"), "f1\n");
    try (HostProcess host =
        start()
            .with("AzureWebJobsSecretStorageType", "kubernetes")
            .with("FUNCTIONS_SECRETS_PATH", secret.toString())
            .started()) {
      assertThat(status(host, "/api/Keyed", "f1")).isEqualTo(200);
      Files.writeString(secret.resolve("functions.keyed.default"), "f2");
      await().until(() -> status(host, "/api/Keyed", "f1") == 401);
      assertThat(status(host, "/api/Keyed", "f2")).isEqualTo(200);
      assertThat(
              HostProcess.send(
                      host.request("/admin/functions/Keyed/keys/more")
                          .header("x-functions-key", "m1")
                          .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(409);
      try (var files = Files.list(secret)) {
        assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
            .isEqualTo(List.of("functions.keyed.default", "host.master"));
      }
    }
  }
}
