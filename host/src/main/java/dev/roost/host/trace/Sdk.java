package dev.roost.host.trace;

import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * OpenTelemetry's SDK with its OTLP exporter, made by its own autoconfiguration. Its jars lie in
 * {@code otel} beside the host's jar, off the class path, so that a host without it never looks
 * into them; hence the reflection.
 */
final class Sdk {
  private static final String AUTO =
      "io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk";

  private Sdk() {}

  /**
   * Makes the SDK; it is an AutoCloseable too.
   *
   * @throws SdkException naming what can't be used
   */
  static OpenTelemetry of(Map<String, String> properties) throws SdkException {
    try {
      Class<?> auto = Class.forName(AUTO, true, loader());
      Object builder = auto.getMethod("builder").invoke(null);
      Class<?> type = builder.getClass();
      type.getMethod("disableShutdownHook").invoke(builder);
      // The lowest rank: system properties and the process's own environment win, as documented.
      Supplier<Map<String, String>> supplier = () -> properties;
      type.getMethod("addPropertiesSupplier", Supplier.class).invoke(builder, supplier);
      Object made = type.getMethod("build").invoke(builder);
      return (OpenTelemetry) auto.getMethod("getOpenTelemetrySdk").invoke(made);
    } catch (InvocationTargetException e) {
      Throwable why = e.getTargetException();
      throw new SdkException(String.valueOf(why.getMessage()), why);
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new SdkException("the SDK's jars are not complete: " + e, e);
    }
  }

  private static ClassLoader loader() throws IOException {
    ClassLoader host = Sdk.class.getClassLoader();
    List<URL> jars = new ArrayList<>();
    Path folder = folder();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          jars.add(url(file));
        }
      }
    }
    return new URLClassLoader("otel", jars.toArray(URL[]::new), host);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  private static Path folder() {
    CodeSource source = Sdk.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).resolveSibling("otel");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The host's own place is no URI", e);
    }
  }
}
