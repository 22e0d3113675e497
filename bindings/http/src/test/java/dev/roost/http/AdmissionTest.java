package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Source;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and who answers. */
final class AdmissionTest {
  private final TestApp app = new TestApp();

  @AfterEach
  void close() {
    app.close();
  }

  private int status(String target) throws Exception {
    return get(target).status();
  }

  private RawClient.Response get(String target) throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      return client.get(target).read();
    }
  }

  private static HttpEndpoint endpoint(String path, AccessLevel level) {
    return new HttpEndpoint(
        Set.of("GET"),
        path,
        level,
        request -> HttpResponse.text(200, path + " " + request.route()));
  }

  private static ObjectNode level(String level) {
    return TestApp.properties().put("authLevel", level);
  }

  @Test
  void servesTheHostBeforeTheFunctions() throws Exception {
    app.host.extensions.put("http", TestApp.properties().put("routePrefix", ""));
    app.endpoint(endpoint("admin/host/status", AccessLevel.ANONYMOUS))
        .endpoint(endpoint("metrics", AccessLevel.ANONYMOUS))
        .endpoint(endpoint("admin/functions/{name}", AccessLevel.ANONYMOUS))
        .listen();
    app.function("AAA", "{*rest}", request -> TestApp.text("function " + request.route()));
    assertThat(get("/admin/host/status").body()).isEqualTo("admin/host/status {}");
    assertThat(get("/Admin/Functions/f1").body()).isEqualTo("admin/functions/{name} {name=f1}");
    assertThat(get("/metrics").body()).isEqualTo("metrics {}");
    assertThat(get("/metrics/x").body()).isEqualTo("function {rest=metrics/x}");
  }

  @ParameterizedTest
  @CsvSource({
    "/%61dmin/host/status, 404",
    "/admin%2fhost/status, 200",
    "/admin/host%2fstatus, 404",
    "/%2561dmin/host/status, 200",
    "//admin/host/status, 404",
    "/admin//host/status, 404",
    "/./admin/host/status, 400",
    "/x/../admin/host/status, 400",
    "/x/%2e%2e/admin/host/status, 400",
    "/x/..%2fadmin/host/status, 200",
    "/x/..;/admin/host/status, 200",
    "/x/..%5cadmin/host/status, 200",
    "/admin/host/other, 404",
    "/admin, 404",
    "/runtime/webhooks/x, 404",
    "/RUNTIME/x, 404",
    "/administrators, 200",
    "/admin%00/host/status, 400",
    "/admin/host/status/, 401",
    "/admin/host/%73tatus, 401",
    "/admin/host/status?x=/../, 401"
  })
  void letsNobodyReachTheHostByTricks(String path, int status) throws Exception {
    app.host.extensions.put("http", TestApp.properties().put("routePrefix", ""));
    app.host.access = (_, _, _) -> Access.Decision.UNAUTHORIZED;
    app.endpoint(endpoint("admin/host/status", AccessLevel.ADMIN)).listen();
    app.function("all", "{*rest}", _ -> TestApp.text("function"));
    RawClient.Response response = get(path);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(status == 200 ? "function" : "");
  }

  @Test
  void answersHeadWhereAnEndpointHasGet() throws Exception {
    app.endpoint(endpoint("admin/host/ping", AccessLevel.ANONYMOUS)).listen();
    try (RawClient client = new RawClient(app.address())) {
      client.send("HEAD /admin/host/ping HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read(true).status()).isEqualTo(200);
      client.send("POST /admin/host/ping HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @Test
  void answers500WhenAnEndpointBreaks() throws Exception {
    app.endpoint(
            new HttpEndpoint(
                Set.of("GET"),
                "admin/broken",
                AccessLevel.ANONYMOUS,
                _ -> {
                  throw new IllegalStateException("on purpose: a test of the answer");
                }))
        .listen();
    RawClient.Response response = get("/admin/broken");
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "function,  ALLOWED,      200",
    "function,  UNAUTHORIZED, 401",
    "function,  FORBIDDEN,    403",
    "function,  UNAVAILABLE,  503",
    "admin,     UNAUTHORIZED, 401",
    "system,    UNAUTHORIZED, 401",
    "anonymous, UNAUTHORIZED, 200"
  })
  void asksTheHostWhoMayCall(String level, Access.Decision decision, int status) throws Exception {
    CopyOnWriteArrayList<String> asked = new CopyOnWriteArrayList<>();
    app.host.access =
        (required, function, request) -> {
          asked.add(required + " " + function + " " + request.query().get("code"));
          return decision;
        };
    app.listen();
    app.start("orders", level(level), app.answering(_ -> TestApp.text("")));
    assertThat(status("/api/orders?code=k")).isEqualTo(status);
    if (level.equals("anonymous")) {
      assertThat(asked).isEmpty();
    } else {
      assertThat(asked).containsExactly(AccessLevel.of(level).orElseThrow() + " orders [k]");
    }
  }

  @Test
  void wantsAKeyWhenNoLevelIsSaid() throws Exception {
    app.host.access = (_, _, _) -> Access.Decision.UNAUTHORIZED;
    app.listen();
    app.start("orders", TestApp.properties(), app.answering(_ -> TestApp.text("")));
    assertThat(status("/api/orders")).isEqualTo(401);
  }

  @Test
  void refusesAStrangerBeforeItsBodyComes() throws Exception {
    app.host.access = (_, _, _) -> Access.Decision.UNAUTHORIZED;
    app.listen();
    app.start("orders", level("function"), app.answering(_ -> TestApp.text("")));
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          "POST /api/orders HTTP/1.1\r\n"
              + "Host: h\r\n"
              + "Expect: 100-continue\r\n"
              + "Content-Length: 9\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void keepsTheConnectionOfAStrangerWhoseBodyIsSmall() throws Exception {
    app.host.access =
        (_, _, request) ->
            request.header("x-functions-key").isPresent()
                ? Access.Decision.ALLOWED
                : Access.Decision.UNAUTHORIZED;
    app.listen();
    app.start("orders", level("function"), app.answering(r -> TestApp.text(TestApp.bodyOf(r))));
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/orders HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(client.read().status()).isEqualTo(401);
      client.send(
          "POST /api/orders HTTP/1.1\r\n"
              + "Host: h\r\n"
              + "X-Functions-Key: k\r\n"
              + "Content-Length: 3\r\n\r\n"
              + "abc");
      assertThat(client.read().body()).isEqualTo("abc");
    }
  }

  @Test
  void hidesADisabledFunctionFromThoseWhoHaveAKey() throws Exception {
    app.host.access =
        (_, _, request) ->
            request.query().containsKey("code")
                ? Access.Decision.ALLOWED
                : Access.Decision.UNAUTHORIZED;
    app.listen();
    app.open("off", level("function"));
    assertThat(status("/api/off")).isEqualTo(401);
    assertThat(status("/api/off?code=k")).isEqualTo(404);
  }

  @Test
  void stopsAndStartsAFunction() throws Exception {
    app.listen();
    Source.Push source = app.function("f", "", _ -> TestApp.text("here"));
    assertThat(status("/api/f")).isEqualTo(200);
    source.stop();
    assertThat(status("/api/f")).isEqualTo(404);
    source.start(app.answering(_ -> TestApp.text("again")));
    assertThat(get("/api/f").body()).isEqualTo("again");
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,    /api/f,          503",
    "ERROR,    /api/unknown,    503",
    "ERROR,    /,               200",
    "ERROR,    /admin/host/ping,200",
    "DRAINING, /api/f,          503",
    "DRAINING, /api/unknown,    404",
    "DRAINING, /admin/host/ping,200",
    "STARTING, /api/f,          503",
    "NEW,      /api/unknown,    503",
    "NEW,      /admin/host/ping,200",
    "NEW,      /,               200"
  })
  void servesOnlyTheHostWhileNoFunctionRuns(HostState state, String path, int status)
      throws Exception {
    app.endpoint(endpoint("admin/host/ping", AccessLevel.ANONYMOUS)).listen();
    app.open("f", level("anonymous"));
    app.host.state = state;
    RawClient.Response response = get(path);
    assertThat(response.status()).isEqualTo(status);
    if (status == 503) {
      assertThat(response.body()).isEqualTo("Function host is not running.");
    }
  }

  @Test
  void waitsForAHostThatIsStarting() throws Exception {
    app.host.state = HostState.STARTING;
    app.listen();
    HttpSource source = (HttpSource) app.open("f", level("anonymous"));
    app.host.whenAwaited =
        () -> {
          app.host.state = HostState.RUNNING;
          source.start(app.answering(r -> TestApp.text(TestApp.bodyOf(r))));
        };
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/f HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nearly");
      assertThat(client.read().body()).isEqualTo("early");
    }
  }

  @ParameterizedTest
  @CsvSource({"RUNNING, 429, 1", "DRAINING, 503, ''"})
  void saysSoWhenTheHostTakesNoMore(HostState state, int status, String scaleOut) throws Exception {
    app.listen();
    app.start("full", level("anonymous"), _ -> false);
    app.host.state = state;
    RawClient.Response response = get("/api/full");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.first("x-function-scaleout").orElse("")).isEqualTo(scaleOut);
  }

  @Test
  void showsAHomepageUnlessItIsSwitchedOff() throws Exception {
    app.listen();
    RawClient.Response page = get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.first("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("<html");
  }

  @Test
  void hasNoHomepageWhenItIsSwitchedOff() throws Exception {
    app.host.values.put("AzureWebJobsDisableHomepage", "true");
    app.listen();
    assertThat(status("/")).isEqualTo(204);
  }

  @Test
  void letsAFunctionHaveTheRoot() throws Exception {
    app.host.extensions.put("http", TestApp.properties().put("routePrefix", ""));
    app.listen();
    app.function("root", "/", _ -> TestApp.text("mine"));
    app.function("zz", "{x:alpha?}", _ -> TestApp.text("mine"));
    assertThat(get("/").body()).isEqualTo("mine");
  }

  @Test
  void refusesASecondFunctionWithTheSameRoute() throws Exception {
    app.open("first", level("anonymous").put("route", "a/b"));
    assertThatThrownBy(() -> app.open("second", level("anonymous").put("route", "/A/B/")))
        .isInstanceOf(BindingException.class)
        .hasMessage(
            "route: '/api/A/B' is taken by the function 'first' for a method of both."
                + " Give one of them another route or other methods.");
  }

  @ParameterizedTest
  @CsvSource({"admin, admin", "Admin/x, admin", "runtime/{x}, runtime", "/runtime, runtime"})
  void keepsTheHostsOwnSegments(String route, String segment) {
    app.host.extensions.put("http", TestApp.properties().put("routePrefix", ""));
    assertThatThrownBy(() -> app.open("f", level("anonymous").put("route", route)))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("begins with '" + segment + "', which belongs to the host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"administrators", "runtimes", "{admin}", "api/admin"})
  void takesSegmentsThatOnlyBeginLikeTheHosts(String route) throws Exception {
    app.host.extensions.put("http", TestApp.properties().put("routePrefix", ""));
    app.listen();
    app.function("f", route, _ -> TestApp.text("ok"));
    assertThat(status("/" + route.replace("{admin}", "x"))).isEqualTo(200);
  }

  @Test
  void describesAFunctionForTheStartTable() throws Exception {
    ObjectNode properties = level("anonymous").put("route", "orders/{id}");
    properties.putArray("methods").add("post").add("get");
    assertThat(app.binding.describe(app.context("f", properties)))
        .isEqualTo("[GET,POST] /api/orders/{id}");
    app.listen();
    assertThat(app.binding.describe(app.context("f", level("admin"))))
        .isEqualTo("http://localhost:" + app.address().getPort() + "/api/f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authLevel | everybody | authLevel: there is no level 'everybody'. Use anonymous, function,"
            + " admin or system.",
        "methods   | g e t     | methods: 'G E T' is not an HTTP method. List methods such as get"
            + " and post, or none for all of them.",
        "route     | a/{b      | route: 'a/{b' is not a route: a '{' has no '}'. Correct the route;"
            + " parameters look like {name}, {name?}, {name=value}, {name:int} and {*rest}.",
        "route     | %MISSING% | route: '%MISSING%' names the setting 'MISSING', which does not"
            + " exist. Set MISSING in the environment or in the Values of local.settings.json."
      })
  void saysWhatIsWrongWithATrigger(String key, String value, String message) {
    assertThatThrownBy(() -> app.open("f", TestApp.properties().put(key, value)))
        .isInstanceOf(BindingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxConcurrentRequests  | 0   | extensions.http.maxConcurrentRequests: '0' is neither -1"
            + " nor a positive whole number. Write the number of requests, or -1 for no bound.",
        "maxOutstandingRequests | ten | extensions.http.maxOutstandingRequests: 'ten' is neither -1"
            + " nor a positive whole number. Write the number of requests, or -1 for no bound."
      })
  void saysWhatIsWrongWithAnOption(String key, String value, String message) throws Exception {
    app.host.extensions.put("http", TestApp.properties().put(key, value));
    assertThatThrownBy(() -> app.open("f", TestApp.properties()))
        .isInstanceOf(BindingException.class)
        .hasMessage(message);
    app.endpoint(endpoint("admin/host/ping", AccessLevel.ANONYMOUS)).listen();
    assertThat(status("/admin/host/ping")).isEqualTo(200);
  }

  @Test
  void fillsSettingsIntoARoute() throws Exception {
    app.host.values.putAll(Map.of("VERSION", "v2"));
    app.listen();
    app.function("f", "%VERSION%/f", _ -> TestApp.text("ok"));
    assertThat(status("/api/v2/f")).isEqualTo(200);
  }
}
