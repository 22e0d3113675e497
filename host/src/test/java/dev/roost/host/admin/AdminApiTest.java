package dev.roost.host.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.keys.KeyedApp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official admin API in the official shapes, in Production, with the master key. */
class AdminApiTest {
  @TempDir private static Path folder;
  private static KeyedApp app;

  @BeforeAll
  static void start() throws IOException {
    Path folderOfApp = Files.createDirectories(folder.resolve("app"));
    Files.writeString(
        folderOfApp.resolve("host.json"),
        """
        {"version": "2.0", "logging": {"applicationInsights": {"connectionString": "s3cret"}},
         "extensions": {"http": {"routePrefix": "api"}}}
        """);
    app =
        KeyedApp.start(
            folder,
            Map.of(
                "FUNCTIONS_SECRETS_PATH", folder.resolve("keys").toString(),
                "AzureWebJobs.other.Disabled", "1",
                "AzureFunctionsWebHost__hostid", "admintest",
                "ROOST_KEYS__host__master", "m"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return app.send(method, path, "m", body);
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = call("GET", path, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "GET,    /admin/host/ping,                      200",
    "POST,   /admin/host/ping,                      200",
    "GET,    /admin/warmup,                         200",
    "GET,    /admin/functions/f-function,           200",
    "GET,    /admin/functions/F-FUNCTION,           200",
    "GET,    /admin/functions/nope,                 404",
    "GET,    /admin/functions/nope/status,          404",
    "GET,    /admin/functions/nope/keys,            404",
    "GET,    /admin/functions/f-function/keys/nope, 404",
    "PUT,    /admin/functions/f-function/keys/a,    400",
    "DELETE, /admin/functions/f-function/keys/nope, 404",
    "DELETE, /admin/host/systemkeys/_master,        400",
    "POST,   /admin/host/keys/_other,               400",
    "POST,   /admin/host/systemkeys/_master,        409", // the environment gives it
    "POST,   /admin/functions/f-function/pause,     400",
    "POST,   /admin/functions/nope/pause,           404",
    "POST,   /admin/host/synctriggers,              500",
    "POST,   /admin/functions/f-function,           400",
    "POST,   /admin/functions/nope,                 404",
    "POST,   /admin/functions/other,                404", // disabled
    "GET,    /admin/config/effective,               200",
    "GET,    /admin/host/nope,                      404",
    "DELETE, /admin/host/status,                    404",
  })
  void answers(String method, String path, int status) throws IOException, InterruptedException {
    assertThat(call(method, path, "").statusCode()).isEqualTo(status);
  }

  @Test
  void tellsItsStatus() throws IOException, InterruptedException {
    JsonNode status = json("/admin/host/status");
    assertThat(status.path("id").asText()).isEqualTo("admintest");
    assertThat(status.path("state").asText()).isEqualTo("Running");
    assertThat(status.path("version").isTextual()).isTrue();
    assertThat(status.path("instanceId").asText()).isNotEmpty();
    assertThat(status.path("processUptime").isIntegralNumber()).isTrue();
    assertThat(status.has("errors")).isFalse();
  }

  @Test
  void showsAFunctionAsTheOfficialHostDoes() throws IOException, InterruptedException {
    JsonNode all = json("/admin/functions");
    assertThat(all.findValuesAsText("name"))
        .contains("f-admin", "f-anonymous", "f-function", "f-system", "other");
    JsonNode one = json("/admin/functions/f-function");
    String base = "http://127.0.0.1:" + app.address().getPort();
    assertThat(one.path("href").asText()).isEqualTo(base + "/admin/functions/f-function");
    assertThat(one.path("invoke_url_template").asText()).isEqualTo(base + "/api/f-function");
    assertThat(one.path("language").asText()).isEqualTo("java");
    assertThat(one.at("/config/bindings/0/type").asText()).isEqualTo("httpTrigger");
    assertThat(one.at("/config/bindings/0/direction").asText()).isEqualTo("in");
    assertThat(one.at("/config/bindings/0/authLevel").asText()).isEqualTo("function");
    assertThat(one.at("/config/entryPoint").asText()).isEqualTo("app.Functions.run");
    assertThat(one.path("isDisabled").asBoolean(true)).isFalse();
    assertThat(one.path("isProxy").asBoolean(true)).isFalse();
    assertThat(json("/admin/functions/other").path("isDisabled").asBoolean()).isTrue();
    assertThat(json("/admin/functions/f-function/status")).isEmpty();
  }

  @Test
  void runsAFunctionByHandAndSaysOnlyThatItWill() throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        call("POST", "/admin/functions/f-function", "{\"input\":\"text\"}");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
  }

  @Test
  void tellsWhatHoldsAndWhoSaidSo() throws IOException, InterruptedException {
    JsonNode functions = json("/admin/config/effective").path("functions");
    assertThat(functions.findValuesAsText("name")).contains("f-function");
    assertThat(functions.get(0).path("settings").findValuesAsText("key"))
        .contains("functionTimeout");
    assertThat(functions.get(0).at("/settings/0/origin").isTextual()).isTrue();
  }

  @Test
  void masksSecretsInTheConfiguration() throws IOException, InterruptedException {
    JsonNode config = json("/admin/host/config");
    assertThat(config.at("/extensions/http/routePrefix").asText()).isEqualTo("api");
    assertThat(config.at("/logging/applicationInsights/connectionString").asText())
        .isEqualTo("***");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/admin/functions/f-function/keys",
    "/admin/host/keys",
    "/admin/host/functionkeys",
    "/admin/host/systemkeys",
  })
  void createsRenewsShowsAndDeletesKeys(String path) throws IOException, InterruptedException {
    HttpResponse<String> created = call("POST", path + "/app", "");
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode key = new ObjectMapper().readTree(created.body());
    assertThat(key.path("name").asText()).isEqualTo("app");
    assertThat(key.path("value").asText()).hasSize(56);
    assertThat(key.at("/links/0/rel").asText()).isEqualTo("self");
    assertThat(key.at("/links/0/href").asText()).endsWith(path + "/app");
    HttpResponse<String> put = call("PUT", path + "/app", "{\"name\":\"app\",\"value\":\"v1\"}");
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(json(path + "/app").path("value").asText()).isEqualTo("v1");
    assertThat(json(path).path("keys").findValuesAsText("name")).contains("app");
    assertThat(call("DELETE", path + "/app", "").statusCode()).isEqualTo(204);
    assertThat(call("GET", path + "/app", "").statusCode()).isEqualTo(404);
  }

  @Test
  void opensAFunctionWithAKeyMadeAMomentAgo() throws IOException, InterruptedException {
    call("PUT", "/admin/functions/f-function/keys/fresh", "{\"value\":\"fresh-value\"}");
    assertThat(app.send("GET", "/api/f-function", "fresh-value", "").statusCode()).isEqualTo(200);
    call("DELETE", "/admin/functions/f-function/keys/fresh", "");
    assertThat(app.send("GET", "/api/f-function", "fresh-value", "").statusCode()).isEqualTo(401);
  }

  @Test
  void showsTheMasterKeyAsASystemKeyOnlyWhenAskedForIt() throws IOException, InterruptedException {
    assertThat(json("/admin/host/systemkeys/_master").path("value").asText()).isEqualTo("m");
    assertThat(json("/admin/host/systemkeys").path("keys").findValuesAsText("value"))
        .doesNotContain("m");
  }

  @Test
  void drainsAndResumesWhileHttpIsServed() throws IOException, InterruptedException {
    assertThat(json("/admin/host/drain/status").path("state").asText()).isEqualTo("Disabled");
    assertThat(call("POST", "/admin/host/drain", "").statusCode()).isEqualTo(202);
    JsonNode drained = json("/admin/host/drain/status");
    assertThat(drained.path("state").asText()).isEqualTo("Completed");
    assertThat(drained.path("outstandingInvocations").asInt(-1)).isZero();
    assertThat(drained.path("outstandingRetries").asInt(-1)).isZero();
    assertThat(call("GET", "/runtime/health/ready", "").statusCode()).isEqualTo(503);
    assertThat(call("GET", "/runtime/health/live", "").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/api/f-anonymous", "").body()).isEqualTo("ran");
    HttpResponse<String> resumed = call("POST", "/admin/host/resume", "");
    assertThat(resumed.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(resumed.body()).path("state").asText())
        .isEqualTo("Running");
    assertThat(call("GET", "/runtime/health/ready", "").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsHealthToEverybodyAndReasonsToTheAdministrator()
      throws IOException, InterruptedException {
    JsonNode health = json("/runtime/health");
    assertThat(health.path("status").asText()).isEqualTo("healthy");
    assertThat(health.path("listeners").findValuesAsText("name")).contains("f-function");
    assertThat(health.path("shared").findValuesAsText("name")).containsExactly("keys", "pauses");
  }

  @Test
  void saysThatPausingNeedsTheHostsStorage() throws IOException, InterruptedException {
    HttpResponse<String> refused =
        call("POST", "/admin/functions/f-function/pause", "{\"duration\":\"00:10:00\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("AzureWebJobsStorage");
  }
}
