package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.FunctionStatus;
import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.app.TestJar;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in what an app is made of: its paths, its annotations, its services, its company. */
class BadAppTest {
  private static final String REQUEST =
      "@HttpTrigger(name = \"request\") HttpRequestMessage<String> request";
  private static final String FINE =
      "@FunctionName(\"Fine\") public String fine(" + REQUEST + ") { return \"fine\"; }\n";

  private @TempDir Path folder;

  @Test
  void aPathThatIsNotThere() throws IOException {
    fine("app");
    assertTold("app", "gone.jar")
        .lines(
            "{folder}/gone.jar: does not exist. Give a jar, a folder of jars or classes, or an"
                + " app's folder.")
        .runs("Fine");
  }

  @Test
  void aFileThatIsNoJar() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "text");
    assertTold("notes.txt")
        .lines(
            "{folder}/notes.txt: is neither a jar nor a folder. Give a jar, a folder of jars or"
                + " classes, or an app's folder.")
        .runs();
  }

  @Test
  void aFolderThatIsEmpty() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertTold("empty")
        .lines(
            "{folder}/empty: holds neither jars nor classes. Build the app first, then give its"
                + " jar or its folder.")
        .runs();
  }

  @Test
  void aProjectInsteadOfWhatItsBuildMakes() throws IOException {
    Files.createDirectories(folder.resolve("project/target/azure-functions/orders"));
    assertTold("project")
        .lines(
            "{folder}/project: holds neither jars nor classes. Give the packed app instead:"
                + " {folder}/project/target/azure-functions/orders.")
        .runs();
  }

  @Test
  void aJarThatWasCutBesideOneThatIsWhole() throws IOException {
    fine("app");
    byte[] whole = Files.readAllBytes(folder.resolve("app/app.jar"));
    Files.write(folder.resolve("app/cut.jar"), Arrays.copyOf(whole, whole.length / 2));
    assertTold("app")
        .lines(
            "{folder}/app/cut.jar: is not a readable jar (zip END header not found). Build or copy it again.")
        .runs("Fine");
  }

  @Test
  void aJarWithoutFunctions() throws IOException {
    new TestJar().type("app.Plain", "public class Plain {}").jar(folder.resolve("app/app.jar"));
    assertTold("app")
        .lines(
            "{folder}/app: no function was found in its jars. Annotate public methods with @FunctionName, build again, and give the folder that the build fills.")
        .runs();
  }

  static Stream<Arguments> annotations() {
    return Stream.of(
        Arguments.of(
            "two functions of one name",
            """
            @FunctionName("Order") public String first(REQUEST) { return ""; }
            @FunctionName("order") public String second(REQUEST) { return ""; }
            """,
            "function 'Order': name: is used 2 times (case does not count): app.Functions.first, app.Functions.second. Give each function a name of its own."),
        Arguments.of(
            "a function without a trigger",
            "@FunctionName(\"Order\") public String order(ExecutionContext context) { return \"\"; }",
            "function 'Order': bindings: there are none. Add a trigger."),
        Arguments.of(
            "a function with two triggers",
            """
            @FunctionName("Order")
            public void order(REQUEST,
                @QueueTrigger(name = "message", queueName = "q") String message) {}
            """,
            "function 'Order': bindings: there are 2 triggers: httpTrigger, queueTrigger. Keep one; write a function for each of the others."),
        Arguments.of(
            "a function with both kinds of retry",
            """
            @FunctionName("Order")
            @FixedDelayRetry(maxRetryCount = 1, delayInterval = "00:00:01")
            @ExponentialBackoffRetry(maxRetryCount = 1, minimumInterval = "00:00:01", maximumInterval = "00:00:02")
            public String order(REQUEST) { return ""; }
            """,
            "function 'Order': retry: has both @FixedDelayRetry and @ExponentialBackoffRetry. Keep one of them."),
        Arguments.of(
            "a retry whose delay is no time span",
            """
            @FunctionName("Order")
            @FixedDelayRetry(maxRetryCount = 1, delayInterval = "1s")
            public String order(REQUEST) { return ""; }
            """,
            "function 'Order': retry.delayInterval: is \"1s\". Write a time span, for example \"00:00:10\"."),
        Arguments.of(
            "a function that is not public",
            "@FunctionName(\"Order\") String order(REQUEST) { return \"\"; }",
            "function 'Order': app.Functions.order: the method is not public. Make it public: only those can be called."),
        Arguments.of(
            "a function without a name",
            "@FunctionName(\"\") public String order(REQUEST) { return \"\"; }",
            "app.Functions.order: name: '' is no function name. Use a letter, then at most 127 letters, digits, '_' or '-'."),
        Arguments.of(
            "a custom binding that goes nowhere",
            """
            @FunctionName("Order")
            public String order(REQUEST,
                @CustomBinding(name = "rows", type = "sql", direction = "across") String rows) {
              return "";
            }
            """,
            "function 'Order': @CustomBinding(direction): 'across' is no direction. Write \"in\", \"out\" or \"inout\"."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("annotations")
  void anAnnotationThatSaysSomethingWrong(String what, String method, String line)
      throws IOException {
    TestJar.functions(FINE + method.replace("REQUEST", REQUEST)).jar(folder.resolve("app/app.jar"));
    assertTold("app").lines(line).runs("Fine");
  }

  @Test
  void twoInjectors() throws IOException {
    injector("One", "One() {}")
        .type("app.Two", injectorSource("Two", "Two() {}"))
        .resource(SERVICE, "app.One\napp.Two")
        .jar(folder.resolve("app/app.jar"));
    assertTold("app")
        .lines(
            "function 'Injected': {service}: the app has 2 injectors: app.One, app.Two. Keep one of them.")
        .runs();
  }

  @Test
  void anInjectorThatCanNotBeMade() throws IOException {
    injector("One", "One() { throw new IllegalStateException(\"no database\"); }")
        .resource(SERVICE, "app.One")
        .jar(folder.resolve("app/app.jar"));
    fine("other");
    assertTold("app", "other")
        .lines(
            "function 'Injected': {service}: a service of the app can't be made: IllegalStateException: no database. Repair the class that it names, or remove the line.")
        .runs("Fine");
  }

  @Test
  void aServiceFileThatNamesNoClass() throws IOException {
    TestJar.functions(FINE).resource(SERVICE, "app.Gone").jar(folder.resolve("app/app.jar"));
    assertTold("app")
        .lines(
            "function 'Fine': {service}: a service of the app can't be made: com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector: Provider app.Gone not found. Repair the class that it names, or remove the line.")
        .runs();
  }

  @Test
  void aPortThatIsNone() throws IOException {
    fine("app");
    Host host =
        new Host(
            new HostOptions(
                List.of(folder.resolve("app")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                Map.of("PORT", "http")));
    assertThat(host.problems().stream().map(Problem::line))
        .containsExactly(
            "the settings: PORT: 'http' is not a port. Write a number from 0 to 65535.");
  }

  @Test
  void twoAppsWithOneSettingOfTwoValues() throws IOException {
    fine("one");
    named("two", "Other");
    Files.writeString(folder.resolve("one/local.settings.json"), "{\"Values\": {\"A\": \"1\"}}");
    Files.writeString(folder.resolve("two/local.settings.json"), "{\"Values\": {\"a\": \"2\"}}");
    assertTold("one", "two")
        .lines(
            "{folder}/two/local.settings.json: a: has another value than in"
                + " {folder}/one/local.settings.json. Give both the same value, or run each app"
                + " in a process of its own.")
        .runs("Fine");
  }

  @Test
  void twoAppsThatBothNeedTheirFolder() throws IOException {
    fine("one");
    named("two", "Other");
    Files.writeString(folder.resolve("one/host.json"), "{\"version\": \"2.0\"}");
    Files.writeString(folder.resolve("two/host.json"), "{\"version\": \"2.0\"}");
    assertTold("one", "two")
        .lines(
            "{folder}/two/host.json: its app needs its own working directory, and so does that of"
                + " {folder}/one/host.json. Run each app in a process of its own.")
        .runs("Fine");
  }

  @Test
  void twoAppsWithOneFunctionName() throws IOException {
    fine("one");
    named("two", "FINE");
    assertTold("one", "two")
        .lines(
            "function 'FINE': name: is used in {folder}/one/app.jar and in {folder}/two/app.jar"
                + " (case does not count). Rename one, or run each app in a process of its own"
                + " with its own storage account.")
        .runs("Fine");
  }

  private static final String SERVICE =
      "META-INF/services/com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector";

  private static TestJar injector(String name, String constructor) {
    return TestJar.functions(FINE.replace("Fine", "Injected"))
        .type("app." + name, injectorSource(name, constructor));
  }

  private static String injectorSource(String name, String constructor) {
    return """
    public class NAME implements com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector {
      public CONSTRUCTOR
      @Override public <T> T getInstance(Class<T> type) { return null; }
    }
    """
        .replace("NAME", name)
        .replace("CONSTRUCTOR", constructor);
  }

  private void fine(String app) throws IOException {
    named(app, "Fine");
  }

  private void named(String app, String function) throws IOException {
    TestJar.functions(FINE.replace("Fine", function)).jar(folder.resolve(app + "/app.jar"));
  }

  private Told assertTold(String... apps) throws IOException {
    Host host =
        new Host(
            new HostOptions(
                Stream.of(apps).map(folder::resolve).toList(),
                Optional.of(0),
                Optional.of("127.0.0.1"),
                List.of(),
                true,
                Map.of()));
    host.start();
    List<FunctionStatus> functions = List.copyOf(host.functions());
    List<String> told =
        host.problems().stream()
            .map(Problem::line)
            .map(line -> line.replace(folder.toString(), "{folder}").replace(SERVICE, "{service}"))
            .toList();
    boolean running = host.state() == dev.roost.spi.HostState.RUNNING;
    host.stop();
    return new Told(told, functions, running);
  }

  /** What a host said and ran. */
  private record Told(List<String> told, List<FunctionStatus> functions, boolean running) {
    Told lines(String... lines) {
      assertThat(told).containsExactly(lines);
      return this;
    }

    void runs(String... names) {
      assertThat(running).isTrue();
      assertThat(functions)
          .filteredOn(f -> f.condition() == FunctionStatus.Condition.LISTENING)
          .extracting(FunctionStatus::name)
          .containsExactly(names);
    }
  }
}
