package dev.roost.host.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * OpenTelemetry's own settings: whether they ask for spans, and what we set when they don't say.
 */
final class ExporterSettings {
  private static final List<String> ENDPOINTS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");

  private ExporterSettings() {}

  /** True when there is an endpoint or an exporter of traces, and nobody switched it off. */
  static boolean ask(Map<String, String> settings) {
    String exporter = settings.getOrDefault("OTEL_TRACES_EXPORTER", "").strip();
    boolean off =
        exporter.equalsIgnoreCase("none")
            || settings.getOrDefault("OTEL_SDK_DISABLED", "").strip().equalsIgnoreCase("true");
    return !off
        && (!exporter.isEmpty()
            || ENDPOINTS.stream().anyMatch(name -> !settings.getOrDefault(name, "").isBlank()));
  }

  /** The SDK's properties. Metrics are at {@code /metrics} and logs are on standard output. */
  static Map<String, String> properties(Map<String, String> settings, String service) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    if (!settings.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").contains("service.name=")) {
      properties.put("otel.service.name", service);
    }
    settings.forEach((name, value) -> {
      if (!value.isBlank()) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return properties;
  }
}
