package dev.roost.host.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.roost.host.app.TestJar;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationScannerTest {
  @TempDir private Path folder;

  @Test
  void namesTheEntryPointAndTheJar() throws Exception {
    FunctionDefinition function = scanOne("@FunctionName(\"F\")" + timer("f"));
    assertThat(function.entryPoint()).isEqualTo("app.Functions.f");
    assertThat(function.scriptFile()).isEqualTo("../app.jar");
  }

  @Test
  void readsRetryAnnotations() throws Exception {
    assertThat(
            scanOne(
                    "@FixedDelayRetry(maxRetryCount = 3, delayInterval = \"00:00:05\")"
                        + " @FunctionName(\"F\")"
                        + timer("f"))
                .retry())
        .contains(new RetryPolicy.FixedDelay(3, Duration.ofSeconds(5)));
    assertThat(
            scanOne(
                    "@ExponentialBackoffRetry(maxRetryCount = -1, minimumInterval = \"00:00:01\","
                        + " maximumInterval = \"00:01:00\") @FunctionName(\"F\")"
                        + timer("f"))
                .retry())
        .contains(
            new RetryPolicy.ExponentialBackoff(-1, Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  @Test
  void findsFunctionsInLibrariesAndNamesTheAppsOwnJar() throws Exception {
    Path app = new TestJar().resource("x", "y").jar(folder.resolve("app.jar"));
    Path library = TestJar.functions(function("F", "f")).jar(folder.resolve("lib/library.jar"));
    Discovery discovery = new AnnotationScanner(folder, List.of(app), List.of(library)).scan();
    assertThat(discovery.functions())
        .extracting(FunctionDefinition::scriptFile)
        .containsExactly("../app.jar");
  }

  @Test
  void readsAFolderOfClasses() throws Exception {
    Path classes = TestJar.functions(function("F", "f")).classes(folder.resolve("classes"));
    Discovery discovery = new AnnotationScanner(classes, List.of(classes), List.of()).scan();
    assertThat(discovery.functions())
        .extracting(FunctionDefinition::scriptFile)
        .containsExactly("..");
  }

  @Test
  void skipsTheBridgeOfAGenericInterface() throws Exception {
    TestJar jar =
        new TestJar()
            .type("app.Handler", "public interface Handler<T> { void handle(T event); }")
            .type(
                "app.Functions",
                """
                public class Functions implements Handler<String> {
                  @FunctionName("F") public void handle(
                      @QueueTrigger(name = "m", queueName = "q", connection = "C") String m) {}
                }
                """);
    assertThat(scan(jar).functions()).hasSize(1);
  }

  @Test
  void namesANestedClassAsTheMavenPluginDoes() throws Exception {
    TestJar jar =
        new TestJar()
            .type(
                "app.Outer",
                "public class Outer { public static class In$ner { public static class Deep {"
                    + function("F", "f")
                    + "} } }");
    assertThat(scan(jar).functions())
        .extracting(FunctionDefinition::entryPoint)
        .containsExactly("app.Outer.In$ner.Deep.f");
  }

  @Test
  void doesNotFollowTheClassPathOfAManifest() throws Exception {
    TestJar.functions(function("Other", "f")).jar(folder.resolve("elsewhere/other.jar"));
    TestJar jar =
        new TestJar()
            .type("app.Own", "public class Own {" + function("Own", "f") + "}")
            .manifest("Class-Path", "elsewhere/other.jar elsewhere/");
    assertThat(scan(jar).functions()).extracting(FunctionDefinition::name).containsExactly("Own");
  }

  @Test
  void keepsAttributesAndDefaultsOfTheAppsOwnAnnotationLibrary() throws Exception {
    Path library =
        new TestJar()
            .type(
                "com.microsoft.azure.functions.annotation.QueueTrigger",
                """
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface QueueTrigger {
                  String name(); String queueName(); String connection() default "Storage";
                  int shards() default 1; boolean urgent() default false;
                }
                """)
            .jar(folder.resolve("lib/future-library.jar"));
    Path app =
        TestJar.functions(
                """
                @FunctionName("F") public void f(@QueueTrigger(name = "m", queueName = "q",
                    connection = "Storage", shards = 3, urgent = false) String m) {}
                """)
            .against(library)
            .jar(folder.resolve("app.jar"));
    Discovery discovery = new AnnotationScanner(folder, List.of(app), List.of(library)).scan();
    assertThat(discovery.functions().getFirst().bindings())
        .isEqualTo(
            MethodReaderTest.bindings(
                "{\"type\":\"queueTrigger\",\"direction\":\"in\",\"name\":\"m\",\"queueName\":\"q\",\"shards\":3}"));
  }

  @Test
  void asksForAReferenceWhereTheParameterIsABlobClient() throws Exception {
    TestJar jar =
        TestJar.functions(
                """
                @FunctionName("F") public void f(@BlobTrigger(name = "b", path = "c/{n}", connection = "C")
                    com.azure.storage.blob.BlobClient b) {}
                """)
            .type("com.azure.storage.blob.BlobClient", "public class BlobClient {}");
    assertThat(scan(jar).functions().getFirst().bindings())
        .isEqualTo(
            MethodReaderTest.bindings(
                """
                {"type":"blobTrigger","direction":"in","name":"b","path":"c/{n}","connection":"C","properties":{"supportsDeferredBinding":"true"}}
                """));
  }

  @Test
  void keepsATypeThatTheHostDoesNotKnow() throws Exception {
    assertThat(
            scanOne(
                    """
                    @FunctionName("F") public void f(@KafkaTrigger(name = "k", topic = "t",
                        brokerList = "b", consumerGroup = "g") String k) {}
                    """)
                .trigger()
                .type())
        .isEqualTo("kafkaTrigger");
  }

  /** Each source beside the key and the words of the one problem that it has. */
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(function("1st", "f"), "name", "'1st' is no function name"),
        Arguments.of(function("a b", "f"), "name", "'a b' is no function name"),
        Arguments.of(function("", "f"), "name", "'' is no function name"),
        Arguments.of(function("Host", "f"), "name", "'Host' is kept for the host"),
        Arguments.of("@FunctionName(\"F\") public void f() {}", "bindings", "there are none"),
        Arguments.of(
            """
            @FunctionName("F") @QueueOutput(name = "o", queueName = "q", connection = "C")
            public String f() { return ""; }
            """,
            "bindings",
            "none of queue is a trigger"),
        Arguments.of(
            """
            @FunctionName("F") public void f(@TimerTrigger(name = "t", schedule = "1") String t,
                @QueueTrigger(name = "m", queueName = "q", connection = "C") String m) {}
            """,
            "bindings",
            "there are 2 triggers: timerTrigger, queueTrigger"),
        Arguments.of(
            """
            @FunctionName("F") public void f(@TimerTrigger(name = "t", schedule = "1") String t,
                @QueueOutput(name = "T", queueName = "q", connection = "C") OutputBinding<String> o) {}
            """,
            "bindings",
            "two bindings are named 'T'"),
        Arguments.of(
            "@FunctionName(\"F\") public void f(@TimerTrigger(name = \"my-timer\", schedule = \"1\") String t) {}",
            "bindings",
            "'my-timer' is no name for the timerTrigger binding"),
        Arguments.of(
            """
            @FunctionName("F") public void f(@TimerTrigger(name = "t", schedule = "1") String t,
                @HttpOutput(name = "h") OutputBinding<String> h) {}
            """,
            "h",
            "is an HTTP response, but the function is not started by HTTP"),
        Arguments.of(
            "@FixedDelayRetry(maxRetryCount = 1, delayInterval = \"00:00:01\")"
                + " @ExponentialBackoffRetry(maxRetryCount = 1, minimumInterval = \"00:00:01\","
                + " maximumInterval = \"00:01:00\")"
                + function("F", "f"),
            "retry",
            "has both @FixedDelayRetry and @ExponentialBackoffRetry"),
        Arguments.of(
            "@FixedDelayRetry(maxRetryCount = 1, delayInterval = \"soon\")" + function("F", "f"),
            "retry.delayInterval",
            "is \"soon\""),
        Arguments.of(
            function("F", "f").replace("public", "private"),
            "app.Functions.f",
            "the method is not public"),
        Arguments.of(
            """
            @FunctionName("F") public void f(
                @CustomBinding(name = "x", type = "myTrigger", direction = "sideways") String x) {}
            """,
            "@CustomBinding(direction)",
            "'sideways' is no direction"),
        Arguments.of(
            function("F", "one") + function("f", "two"),
            "name",
            "is used 2 times (case does not count): app.Functions.one, app.Functions.two"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void rejectsABrokenFunctionAndKeepsTheOthers(String source, String key, String found)
      throws Exception {
    Discovery discovery = scan(TestJar.functions(source + function("Good", "good")));
    assertThat(discovery.functions()).extracting(FunctionDefinition::name).containsExactly("Good");
    assertThat(discovery.rejected()).hasSize(1);
    assertThat(discovery.rejected().getFirst().problems())
        .extracting(Problem::key, Problem::found)
        .containsExactly(tuple(key, found));
    assertThat(discovery.rejected().getFirst().problems())
        .allSatisfy(problem ->
            // A function without a name is told by its method.
            assertThat(problem.where()).matches("function '.+'|app\\.Functions\\.\\w+"))
        .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
  }

  private FunctionDefinition scanOne(String methods) throws IOException {
    Discovery discovery = scan(TestJar.functions(methods));
    assertThat(discovery.rejected()).isEmpty();
    assertThat(discovery.functions()).hasSize(1);
    return discovery.functions().getFirst();
  }

  private Discovery scan(TestJar jar) throws IOException {
    Path file = jar.jar(folder.resolve("app.jar"));
    return new AnnotationScanner(folder, List.of(file), List.of()).scan();
  }

  private static String function(String name, String method) {
    return "@FunctionName(\"%s\")".formatted(name) + timer(method);
  }

  private static String timer(String method) {
    return " public void %s(@TimerTrigger(name = \"t\", schedule = \"0 * * * * *\") String t) {}\n"
        .formatted(method);
  }
}
