package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps whose functions a framework makes or wraps, through the official extension points. */
class FrameworksIT {
  private static Azurite azurite;
  private static Storage storage;

  private @TempDir Path folder;

  @BeforeAll
  static void startStorage() {
    azurite = Azurite.launch();
    storage = new Storage(azurite.connectionString());
  }

  @AfterAll
  static void stopStorage() {
    azurite.close();
  }

  @Test
  void springMakesTheFunctionsAndInjectsTheirCollaborators()
      throws IOException, InterruptedException {
    storage.queue("spring-in").sendMessage("queue");
    try (HostProcess host = started("spring")) {
      HttpResponse<String> greeting = host.get("/api/SpringGreet?name=Ada");
      assertThat(greeting.statusCode()).as(greeting.body()).isEqualTo(200);
      assertThat(greeting.body()).isEqualTo("Hello, Ada");
      assertThat(greeting.headers().firstValue("X-Function")).hasValue("SpringGreet");
      assertThat(host.awaitLine(line -> line.contains("logback greets Ada")))
          .contains("[SpringGreet ");

      assertThat(host.post("/api/SpringShout", "text/plain", "quiet").body()).isEqualTo("QUIET");

      assertThat(host.get("/api/SpringGreet").statusCode()).isEqualTo(500);
      host.awaitLine(line -> line.contains("IllegalArgumentException: nobody to greet"));

      assertThat(storage.take("spring-out", 1)).containsExactly("Hello, queue");
    }
  }

  @Test
  void guiceMakesTheFunctionsThroughAnInjector() throws IOException, InterruptedException {
    storage.queue("guice-in").sendMessage("queue");
    try (HostProcess host = started("guice")) {
      assertThat(host.get("/api/GuiceGreet?name=Ada").body()).isEqualTo("Hello, Ada, visit 1");
      assertThat(host.get("/api/GuiceGreet?name=Bob").body()).isEqualTo("Hello, Bob, visit 2");

      assertThat(host.get("/api/GuiceGreet").statusCode()).isEqualTo(500);
      host.awaitLine(line -> line.contains("IllegalStateException: visit 3 without a name"));

      assertThat(storage.take("guice-out", 1)).containsExactly("Hello, queue");
    }
  }

  @Test
  void aMiddlewareWrapsEveryCall() throws IOException, InterruptedException {
    storage.queue("middleware-in").sendMessage("queue");
    MIDDLEWARE.jar(folder.resolve("app.jar"));
    try (HostProcess host = start(new AppFolder(folder))) {
      assertThat(host.get("/api/Greet?name=Ada").body()).isEqualTo("<Hello, Ada>");
      assertThat(host.get("/api/Greet?name=Mallory").body())
          .isEqualTo("<handled IllegalStateException: not you>");

      assertThat(storage.take("middleware-out", 1)).containsExactly("<changed>");
    }
  }

  private HostProcess started(String app) throws IOException {
    return start(AppFolder.copyOf(app, folder));
  }

  private static HostProcess start(AppFolder app) throws IOException {
    return HostProcess.command("start", app.toString(), "--port", "0", "--log", "text", "--dev")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("SALUTATION", "Hello")
        .started();
  }

  private static final TestJar MIDDLEWARE =
      TestJar.functions(
              """
              @FunctionName("Greet")
              public String greet(
                  @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
                      HttpRequestMessage<String> request) {
                String name = request.getQueryParameters().get("name");
                if (name.equals("Mallory")) {
                  throw new IllegalStateException("not you");
                }
                return "Hello, " + name;
              }

              @FunctionName("Relay")
              @QueueOutput(name = "$return", queueName = "middleware-out", connection = "AzureWebJobsStorage")
              public String relay(
                  @QueueTrigger(name = "message", queueName = "middleware-in", connection = "AzureWebJobsStorage")
                      String message) {
                return message;
              }
              """)
          .type(
              "app.Brackets",
              """
              public class Brackets
                  implements com.microsoft.azure.functions.internal.spi.middleware.Middleware {
                @Override
                public void invoke(
                    com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext context,
                    com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain chain)
                    throws Exception {
                  String message = context.getParameterName("QueueTrigger");
                  if (message != null) {
                    context.updateParameterValue(message, "changed");
                  }
                  try {
                    chain.doNext(context);
                    context.updateReturnValue("<" + context.getReturnValue() + ">");
                  } catch (java.lang.reflect.InvocationTargetException e) {
                    Throwable cause = e.getCause();
                    context.updateReturnValue(
                        "<handled " + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ">");
                  }
                }
              }
              """)
          .resource(
              "META-INF/services/com.microsoft.azure.functions.internal.spi.middleware.Middleware",
              "app.Brackets");
}
