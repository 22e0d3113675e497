package dev.roost.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.discovery.RejectedFunction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionAppTest {
  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void findsFunctionsWithoutRunningAnyUserCode() throws Exception {
    Path jar =
        TestJar.functions(
                """
                static { System.setProperty("roost.test.initialised", "yes"); }
                @FunctionName("Tick")
                public void tick(@TimerTrigger(name = "t", schedule = "0 * * * * *") Missing t) {}
                """)
            .type("app.Missing", "public class Missing {}")
            .jar(folder.resolve("app.jar"));
    try (FunctionApp app = load(jar).getFirst()) {
      assertThat(app.functions()).extracting(FunctionDefinition::name).containsExactly("Tick");
      assertThat(System.getProperty("roost.test.initialised")).isNull();
    }
  }

  @Test
  void tellsTheProblemsOfEachFunctionAndKeepsTheOthers() throws Exception {
    Path jar =
        TestJar.functions(
                """
                @FunctionName("Good")
                public void good(@TimerTrigger(name = "t", schedule = "0 * * * * *") String t) {}
                @FunctionName("Lost")
                public void lost(String t) {}
                """)
            .jar(folder.resolve("app.jar"));
    try (FunctionApp app = load(jar).getFirst()) {
      assertThat(app.functions()).extracting(FunctionDefinition::name).containsExactly("Good");
      assertThat(app.rejected()).extracting(RejectedFunction::name).containsExactly("Lost");
      assertThat(problems)
          .containsExactly(
              new Problem("function 'Lost'", "bindings", "there are none", "Add a trigger."));
    }
  }

  @Test
  void rejectsAFunctionWhoseNameAnEarlierAppHas() throws Exception {
    Path one = app("one", "Orders", Optional.empty());
    Path two = app("two", "ORDERS", Optional.empty());
    List<FunctionApp> apps = load(one, two);
    assertThat(apps.get(0).functions()).hasSize(1);
    assertThat(apps.get(1).functions()).isEmpty();
    assertThat(problems)
        .containsExactly(
            new Problem(
                "function 'ORDERS'",
                "name",
                "is used in " + one + " and in " + two + " (case does not count)",
                "Rename one, or run each app in a process of its own with its own storage"
                    + " account."));
    close(apps);
  }

  @Test
  void givesEachAppALoaderOfItsOwn() throws Exception {
    List<FunctionApp> apps =
        load(app("one", "One", Optional.empty()), app("two", "Two", Optional.empty()));
    assertThat(problems).isEmpty();
    assertThat(apps.get(0).loader().loadClass("app.Functions"))
        .isNotSameAs(apps.get(1).loader().loadClass("app.Functions"));
    close(apps);
  }

  @Test
  void refusesASecondAppThatGivesASettingAnotherValue() throws Exception {
    Path one =
        app("one", "One", Optional.of("{\"Values\": {\"Same\": \"1\", \"Region\": \"eu\"}}"));
    Path two =
        app("two", "Two", Optional.of("{\"Values\": {\"same\": \"1\", \"REGION\": \"us\"}}"));
    List<FunctionApp> apps = load(one, two);
    assertThat(apps).hasSize(1);
    assertThat(problems)
        .containsExactly(
            new Problem(
                settings(two).toString(),
                "REGION",
                "has another value than in " + settings(one),
                "Give both the same value, or run each app in a process of its own."));
    close(apps);
  }

  @Test
  void letsTwoAppsShareTheSettingsOnWhichTheyAgree() throws Exception {
    Optional<String> settings = Optional.of("{\"Values\": {\"Region\": \"eu\"}}");
    List<FunctionApp> apps = load(app("one", "One", settings), app("two", "Two", settings));
    assertThat(problems).isEmpty();
    assertThat(apps).hasSize(2);
    close(apps);
  }

  @Test
  void refusesASecondAppThatNeedsItsOwnWorkingDirectory() throws Exception {
    Path one = app("one", "One", Optional.empty());
    Path two = app("two", "Two", Optional.empty());
    Path first = Files.writeString(one.resolveSibling("host.json"), "{\"version\": \"2.0\"}");
    Path second = Files.writeString(two.resolveSibling("host.json"), "{\"version\": \"2.0\"}");
    List<FunctionApp> apps = load(one, two);
    assertThat(apps).hasSize(1);
    assertThat(problems)
        .containsExactly(
            new Problem(
                second.toString(),
                "",
                "its app needs its own working directory, and so does that of " + first,
                "Run each app in a process of its own."));
    close(apps);
  }

  private Path app(String name, String function, Optional<String> settings) throws IOException {
    Path jar =
        TestJar.functions(
                "@FunctionName(\"%s\") public void f(@TimerTrigger(name = \"t\", schedule = \"1\") String t) {}"
                    .formatted(function))
            .jar(folder.resolve(name).resolve(name + ".jar"));
    if (settings.isPresent()) {
      Files.writeString(settings(jar), settings.get());
    }
    return jar;
  }

  private static Path settings(Path jar) {
    return jar.resolveSibling("local.settings.json");
  }

  private List<FunctionApp> load(Path... paths) {
    return FunctionApp.load(AppLayout.of(List.of(paths), problems::add), Map.of(), problems::add);
  }

  private static void close(List<FunctionApp> apps) throws IOException {
    for (FunctionApp app : apps) {
      app.close();
    }
  }
}
