package dev.roost.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A checker class inside a user jar says what it sees through the loader. */
class AppClassLoaderTest {
  private static final String CHECKER =
      """
      public class Checker {
        public static String origin(String type) throws Exception {
          Class<?> found;
          try {
            found = Class.forName(type, false, Checker.class.getClassLoader());
          } catch (ClassNotFoundException e) {
            return "invisible";
          }
          if (found.getClassLoader() == Checker.class.getClassLoader()) {
            try {
              return "app " + found.getField("VERSION").get(null);
            } catch (NoSuchFieldException e) {
              return "app";
            }
          }
          String name = found.getModule().getName();
          return name != null && (name.startsWith("java.") || name.startsWith("jdk.")) ? "jdk" : "host";
        }
        public static String resource(String name) throws Exception {
          List<String> texts = new ArrayList<>();
          for (java.net.URL url : Collections.list(Checker.class.getClassLoader().getResources(name))) {
            try (java.io.InputStream in = url.openStream()) {
              texts.add(new String(in.readAllBytes()));
            }
          }
          return String.join("|", texts);
        }
      }
      """;

  private static final String OWN =
      "public class %s { public static final String VERSION = \"own\"; }";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void compileTheChecker() throws IOException {
    new TestJar().type("app.Checker", CHECKER).jar(shared.resolve("app.jar"));
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.String, jdk",
    "java.sql.Connection, jdk",
    "com.sun.net.httpserver.HttpServer, jdk",
    "com.sun.source.tree.Tree, jdk",
    "com.microsoft.azure.functions.ExecutionContext, host",
    "com.microsoft.azure.functions.cache.ObjectCache, host",
    "com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector, host",
    "com.microsoft.azure.functions.internal.spi.middleware.Middleware, host",
    "com.microsoft.azure.functions.annotation.FunctionName, host",
    "com.google.gson.Gson, host",
    "dev.roost.annotations.PermanentFailureException, host",
    "dev.roost.spi.FunctionDefinition, invisible",
    "dev.roost.host.app.FunctionApp, invisible",
    "com.fasterxml.jackson.databind.ObjectMapper, invisible",
    "io.github.classgraph.ClassGraph, invisible",
    "org.slf4j.Logger, invisible",
    "picocli.CommandLine, invisible",
    "org.junit.jupiter.api.Test, invisible",
    "app.Missing, invisible",
  })
  void showsTheJdkAndTheApiButNothingElseOfTheHost(String type, String origin) throws Exception {
    try (AppClassLoader loader = loader(new TestJar())) {
      assertThat(ask(loader, "origin", type)).isEqualTo(origin);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.fasterxml.jackson.databind.ObjectMapper",
        "org.slf4j.Logger",
        "io.netty.buffer.ByteBuf",
        "com.google.common.collect.ImmutableList",
        "com.azure.storage.blob.BlobClient",
        "io.github.classgraph.ClassGraph",
        "dev.roost.spi.FunctionDefinition",
      })
  void givesTheAppItsOwnVersionOfALibraryThatTheHostHasToo(String type) throws Exception {
    try (AppClassLoader loader = loader(own(type))) {
      assertThat(ask(loader, "origin", type)).isEqualTo("app own");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.microsoft.azure.functions.ExecutionContext",
        "com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector",
        "com.google.gson.Gson",
        "dev.roost.annotations.PermanentFailureException",
      })
  void keepsTheHostsCopyOfTheApiWhenTheAppBringsAnother(String type) throws Exception {
    try (AppClassLoader loader = loader(own(type))) {
      assertThat(ask(loader, "origin", type)).isEqualTo("host");
    }
  }

  @Test
  void takesTheWholeAnnotationLibraryFromAnAppThatBringsOne() throws Exception {
    try (AppClassLoader loader =
        loader(own("com.microsoft.azure.functions.annotation.FunctionName"))) {
      assertThat(ask(loader, "origin", "com.microsoft.azure.functions.annotation.FunctionName"))
          .isEqualTo("app own");
      assertThat(ask(loader, "origin", "com.microsoft.azure.functions.annotation.QueueTrigger"))
          .isEqualTo("invisible");
    }
  }

  @Test
  void findsAClassOfAnApiPackageThatOnlyTheAppHas() throws Exception {
    try (AppClassLoader loader = loader(own("com.microsoft.azure.functions.extras.Addition"))) {
      assertThat(ask(loader, "origin", "com.microsoft.azure.functions.extras.Addition"))
          .isEqualTo("app own");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/services/dev.roost.spi.TriggerProvider",
        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
        "org/slf4j/Logger.class",
        "META-INF/maven/com.microsoft.azure.functions/azure-functions-java-spi/pom.xml",
      })
  void hidesTheHostsResourcesAndServiceFiles(String resource) throws Exception {
    try (AppClassLoader loader = loader(new TestJar())) {
      assertThat(ask(loader, "resource", resource)).isEmpty();
      assertThat(loader.getResource(resource)).isNull();
    }
  }

  @Test
  void findsTheAppsOwnServiceFiles() throws Exception {
    TestJar jar = new TestJar().resource("META-INF/services/dev.roost.spi.TriggerProvider", "own");
    try (AppClassLoader loader = loader(jar)) {
      assertThat(ask(loader, "resource", "META-INF/services/dev.roost.spi.TriggerProvider"))
          .isEqualTo("own");
    }
  }

  @Test
  void showsTheBytecodeOfTheClassThatItLoads() throws Exception {
    String gson = "com/google/gson/Gson.class";
    try (AppClassLoader loader = loader(own("com.google.gson.Gson"))) {
      assertThat(loader.getResource(gson)).isEqualTo(getClass().getClassLoader().getResource(gson));
      assertThat(loader.getResources(gson).asIterator()).toIterable().hasSize(1);
    }
  }

  @Test
  void separatesTwoApps() throws Exception {
    TestJar jar = own("shared.Counter");
    try (AppClassLoader one = loader(jar);
        AppClassLoader two = loader(jar)) {
      assertThat(one.loadClass("shared.Counter")).isNotSameAs(two.loadClass("shared.Counter"));
      assertThat(one.loadClass("com.google.gson.Gson"))
          .isSameAs(two.loadClass("com.google.gson.Gson"));
    }
  }

  private static TestJar own(String type) {
    return new TestJar().type(type, OWN.formatted(type.substring(type.lastIndexOf('.') + 1)));
  }

  /** The app: one jar with the checker, and a library with the clashing class. */
  private AppClassLoader loader(TestJar library) throws IOException {
    Path lib = library.jar(folder.resolve("lib/library.jar"));
    List<URL> urls = new ArrayList<>();
    for (Path jar : List.of(shared.resolve("app.jar"), lib)) {
      urls.add(jar.toUri().toURL());
    }
    return new AppClassLoader("test", urls, getClass().getClassLoader());
  }

  private static String ask(ClassLoader loader, String question, String about) throws Exception {
    try {
      return (String)
          loader.loadClass("app.Checker").getMethod(question, String.class).invoke(null, about);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
