package dev.roost.host;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls between the modules and the rules that keep one of each. */
class WallsTest {
  private static final JavaClasses ROOST =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.roost");

  private static final String[] BINDINGS = {
    "dev.roost.http..", "dev.roost.timer..", "dev.roost.storage..", "dev.roost.servicebus.."
  };

  @Test
  void everyModuleIsSeen() {
    for (String name :
        List.of(
            "dev.roost.annotations",
            "dev.roost.spi",
            "dev.roost.http",
            "dev.roost.timer",
            "dev.roost.storage",
            "dev.roost.emulator",
            "dev.roost.servicebus",
            "dev.roost.host")) {
      assertThat(ROOST.containPackage(name)).as(name).isTrue();
    }
  }

  @Test
  void bindingsNeverSeeTheHost() {
    noClasses()
        .that()
        .resideInAnyPackage(BINDINGS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.roost.host..", "dev.roost.testkit..")
        .check(ROOST);
  }

  @Test
  void theHostNeverSeesABindingOrItsLibraries() {
    noClasses()
        .that()
        .resideInAPackage("dev.roost.host..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(BINDINGS)
                .or(
                    resideInAnyPackage(
                        "dev.roost.emulator..",
                        "com.azure..",
                        "io.netty..",
                        "com.cronutils..",
                        "org.apache.qpid..")))
        .check(ROOST);
  }

  @Test
  void theEmulatorNeedsNeitherTheHostNorABinding() {
    noClasses()
        .that()
        .resideInAPackage("dev.roost.emulator..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(BINDINGS)
                .or(resideInAnyPackage("dev.roost.host..", "dev.roost.testkit..", "com.azure..")))
        .check(ROOST);
  }

  @Test
  void theSpiNeedsOnlyTheJdkAndJackson() {
    classes()
        .that()
        .resideInAPackage("dev.roost.spi..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.roost.spi..", "java..", "com.fasterxml.jackson..", "org.jspecify.."))
        .check(ROOST);
  }

  @Test
  void theAnnotationsNeedOnlyMicrosoftsLibrary() {
    classes()
        .that()
        .resideInAPackage("dev.roost.annotations..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.roost.annotations..",
                "java..",
                "com.microsoft.azure.functions..",
                "org.jspecify.."))
        .check(ROOST);
  }

  @Test
  void oneClassReadsTheClock() {
    noClasses()
        .that(not(named("dev.roost.host.run.SystemClock")))
        .and(not(named("dev.roost.emulator.time.SystemTime")))
        .and()
        .resideOutsideOfPackage("dev.roost.testkit..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(ROOST);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.roost.testkit..")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(Thread.class, "onSpinWait")
        .check(ROOST);
  }

  @Test
  void oneClassReadsTheEnvironment() {
    noClasses()
        .that(not(named("dev.roost.host.cli.Environment")))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(ROOST);
  }

  @Test
  void namesAreNouns() {
    noClasses()
        .that(resideInAPackage("dev.roost.."))
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(ROOST);
  }

  @Test
  void everyPackageIsNullMarked() {
    ROOST.stream()
        .filter(type -> !type.getPackageName().startsWith("dev.roost.testkit"))
        .map(JavaClass::getPackage)
        .distinct()
        .forEach(WallsTest::isNullMarked);
  }

  private static void isNullMarked(JavaPackage wanted) {
    assertThat(wanted.isAnnotatedWith(NullMarked.class)).as(wanted.getName()).isTrue();
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> named(String name) {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }
}
