package dev.roost.host.trace;

import dev.roost.host.library.LibraryFolder;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * OpenTelemetry's SDK with its OTLP exporter, made by its own autoconfiguration. Its jars are off
 * the class path; hence the reflection.
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
      Class<?> auto = Class.forName(AUTO, true, LibraryFolder.named("otel").loader());
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
}
