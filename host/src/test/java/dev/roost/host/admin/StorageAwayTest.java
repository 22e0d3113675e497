package dev.roost.host.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.keys.KeyedApp;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host says of itself while its storage account does not answer. */
class StorageAwayTest {
  private static final String NOBODY_THERE =
      "DefaultEndpointsProtocol=http;AccountName=away;AccountKey="
          + Azurite.KEY
          + ";BlobEndpoint=http://127.0.0.1:1/away;QueueEndpoint=http://127.0.0.1:1/away;"
          + "TableEndpoint=http://127.0.0.1:1/away;";

  @TempDir private Path folder;

  @Test
  void isDegradedAndNotReadyAndCallsNobodyAStranger() throws IOException, InterruptedException {
    try (KeyedApp app = KeyedApp.start(folder, Map.of("AzureWebJobsStorage", NOBODY_THERE))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> health(app).path("status").asText().equals("degraded"));
      for (JsonNode shared : health(app).path("shared")) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> state(app, shared.path("name").asText()).equals("degraded"));
      }
      assertThat(health(app).findValues("reason")).isEmpty();
      assertThat(status(app, "/runtime/health")).isEqualTo(200);
      assertThat(status(app, "/runtime/health/live")).isEqualTo(200);
      assertThat(status(app, "/runtime/health/ready")).isEqualTo(503);
      assertThat(status(app, "/api/f-anonymous")).isEqualTo(200);
      assertThat(status(app, "/api/f-function")).isEqualTo(401);
      HttpResponse<String> keyed = app.send("GET", "/api/f-function", "perhaps", "");
      assertThat(keyed.statusCode()).isEqualTo(503);
      assertThat(keyed.body()).isEmpty();
    }
  }

  private static int status(KeyedApp app, String path) throws IOException, InterruptedException {
    return app.send(app.request(path)).statusCode();
  }

  private static JsonNode health(KeyedApp app) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(app.send(app.request("/runtime/health")).body());
  }

  private static String state(KeyedApp app, String name) throws IOException, InterruptedException {
    for (JsonNode shared : health(app).path("shared")) {
      if (shared.path("name").asText().equals(name)) {
        return shared.path("state").asText();
      }
    }
    return "";
  }
}
