package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.storage.blob.BlobClient;
import dev.roost.testkit.Azurite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parameters that are clients and messages of the Azure SDK, which the app brings and the host has
 * too.
 */
class SdkClientsIT {
  @TempDir private Path folder;

  @Test
  void givesAnAppClientsOfItsOwnSdk() throws Exception {
    AppFolder app = AppFolder.copyOf("sdk", folder);
    String bus = HostProcess.emulatedBus();
    try (Azurite azurite = Azurite.launch();
        HostProcess host =
            HostProcess.command("start", app.toString(), "--port", "0")
                .with("AzureWebJobsStorage", azurite.connectionString())
                .with("AzureWebJobsServiceBus", bus)
                .with("AzureFunctionsWebHost__hostid", "sdk-app")
                .with("SdkIdentity__blobServiceUri", "https://example.blob.core.windows.net")
                .started()) {
      Storage storage = new Storage(azurite.connectionString());
      storage.container("sdk-in").getBlobClient("a/b.txt").upload(BinaryData.fromString("hello"));
      storage.queue("sdk-write").sendMessage("note");
      send(
          bus,
          new ServiceBusMessage("a message")
              .setMessageId("m-1")
              .setSubject("greeting")
              .setCorrelationId("c-1"));

      BlobClient copy = storage.container("sdk-out").getBlobClient("a/b.txt");
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> copy.exists() && copy.getProperties().getMetadata().size() == 2);
      assertThat(copy.downloadContent().toString()).isEqualTo("HELLO");
      assertThat(copy.getProperties().getMetadata())
          .isEqualTo(Map.of("from", "sdk-in", "own", "true"));
      BlobClient written = storage.container("sdk-written").getBlobClient("note");
      await().atMost(Duration.ofSeconds(90)).until(written::exists);
      BlobClient told = storage.container("sdk-messages").getBlobClient("m-1");
      await().atMost(Duration.ofSeconds(90)).until(told::exists);
      assertThat(told.downloadContent().toString())
          .isEqualTo("a message|greeting|c-1|blue|0|true|true");
      assertThat(host.lines())
          .anyMatch(line ->
              line.contains(
                  "function 'SdkIdentity': parameter 'secured': its type is"
                      + " com.azure.storage.blob.BlobClient, but the app does not bring"
                      + " com.azure.identity.DefaultAzureCredentialBuilder. Add"
                      + " com.azure:azure-identity and what it depends on to the app's lib."));
    }
  }

  private static void send(String bus, ServiceBusMessage message) {
    message.getApplicationProperties().put("colour", "blue");
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(bus)
            .sender()
            .queueName("sdk-messages")
            .buildClient()) {
      sender.sendMessage(message);
    }
  }

  @Test
  void namesTheParameterWhenTheAppBringsNoSdk() throws Exception {
    AppFolder app = AppFolder.copyOf("sdk", folder);
    try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
      for (Path library :
          libraries.filter(jar -> jar.getFileName().toString().startsWith("azure-s")).toList()) {
        Files.delete(library);
      }
    }
    try (HostProcess command =
        HostProcess.command("validate", app.toString())
            .with("AzureWebJobsStorage", "UseDevelopmentStorage=true")
            .start()) {
      command.exitCode();
      List<String> lines = command.lines();
      assertThat(lines)
          .anyMatch(line ->
              line.startsWith(
                  "function 'SdkCopy': parameter 'blob': its type is"
                      + " com.azure.storage.blob.BlobClient, which is in none of the app's jars."
                      + " Add the library that brings it"));
    }
  }
}
