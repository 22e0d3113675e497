package dev.roost.host.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.keys.KeyedApp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No way of writing a path leads past the master key, and none lets a function answer for the host:
 * raw requests to a host whose function {@code all} takes every path.
 */
class AdminPathsTest {
  @TempDir private static Path folder;
  private static KeyedApp app;

  @BeforeAll
  static void start() throws IOException {
    Path all = Files.createDirectories(folder.resolve("app/all"));
    Files.writeString(
        folder.resolve("app/host.json"),
        "{\"version\": \"2.0\", \"extensions\": {\"http\": {\"routePrefix\": \"\"}}}");
    Files.writeString(
        all.resolve("function.json"),
        """
        {"scriptFile": "../app.jar", "entryPoint": "app.Functions.run", "bindings": [
          {"type": "httpTrigger", "direction": "in", "name": "r", "authLevel": "anonymous",
           "route": "{*rest}"},
          {"type": "http", "direction": "out", "name": "$return"}]}
        """);
    app = KeyedApp.start(folder, Map.of("ROOST_KEYS__host__master", "m"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static String answer(String target, String header) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", app.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + header + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    // the plain way, and what is the same by the rules of HTTP
    "/admin/host/status,                       401",
    "/ADMIN/Host/STATUS,                       401",
    "/admin/host/status/,                      401",
    "/admin/host/status?x=../..,               401",
    "/admin/host/%73tatus,                     401",
    "http://h/admin/host/status,               401",
    "http://other.example/admin/host/status,   401",
    "HTTP://h/Admin/host/status,               401",
    "/admin/functions,                         401",
    "/admin/functions/f-function,              401",
    "/admin/functions/f-function/keys,         401",
    "/admin/host/systemkeys/_master,           401",
    "/admin/host/config,                       401",
    "/admin/timers,                            401",
    // encodings of the first segment
    "/%61dmin/host/status,                     404",
    "/%41DMIN/host/status,                     404",
    "/%61%64%6d%69%6e/host/status,             404",
    "http://h/%61dmin/host/status,             404",
    "/%2561dmin/host/status,                   200", // a function's path, decoded once
    "/%252561dmin/host/status,                 200",
    "/admin%2fhost%2fstatus,                   200", // one segment that a function may have
    "/admin%252fhost/status,                   200",
    "/admin%5chost/status,                     200",
    // slashes
    "//admin/host/status,                      404",
    "///admin///host///status,                 404",
    "/admin//host/status,                      404",
    "/admin/host//status,                      404",
    "/admin/host%2fstatus,                     404",
    "/admin/%2fhost/status,                    404",
    "/admin\\host\\status,                     400",
    // dots
    "/./admin/host/status,                     400",
    "/x/../admin/host/status,                  400",
    "/x/%2e%2e/admin/host/status,              400",
    "/x/%2E./admin/host/status,                400",
    "/x/..%2fadmin/host/status,                200",
    "/x/..%5cadmin/host/status,                200",
    "/x/..;/admin/host/status,                 200",
    "/x/%252e%252e/admin/host/status,          200",
    "/admin/./host/status,                     400",
    "/admin/host/../host/status,               400",
    "/admin/x/../../admin/host/status,         400",
    // parameters and other odd letters
    "/admin;x=y/host/status,                   200",
    "/admin/host;x/status,                     404",
    "/admin%00/host/status,                    400",
    "/admin%20/host/status,                    200",
    "/%20admin/host/status,                    200",
    "/admin./host/status,                      200",
    "/ádmin/host/status,                       400",
    "/%ef%bd%81dmin/host/status,               200",
    "/administrators,                          200",
    // the runtime's routes
    "/runtime/webhooks/nope,                   404",
    "/Runtime/anything,                        404",
    "/%72untime/webhooks/blobs,                404",
    "//runtime/health,                         404",
    "/runtime,                                 404",
    "/admin,                                   404",
    "/admin/,                                  404",
    // other forms of a target
    "*,                                        400",
    "admin/host/status,                        400",
    "h:80,                                     400",
    "ftp://h/admin/host/status,                400",
  })
  void leadsNobodyPastTheKey(String target, int status) throws IOException {
    String answer = answer(target, "");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(body).isEqualTo(status == 200 ? "ran" : "");
  }

  /** Headers by which other servers can be told another path or method. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "X-Original-URL: /api/x",
    "X-Rewrite-URL: /api/x",
    "X-HTTP-Method-Override: OPTIONS",
    "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-Host: localhost",
    "X-MS-CLIENT-PRINCIPAL: eyJyb2xlIjoiYWRtaW4ifQ==",
    "X-MS-SITE-RESTRICTED-TOKEN: x",
    "Authorization: Bearer x",
  })
  void isNotTurnedByAHeader(String header) throws IOException {
    assertThat(answer("/admin/host/status", header + "\r\n")).startsWith("HTTP/1.1 401 ");
  }
}
