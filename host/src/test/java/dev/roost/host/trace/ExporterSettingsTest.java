package dev.roost.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterSettingsTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                                                                     | false",
        "OTEL_SERVICE_NAME=shop                                                | false",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318                             | true",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318/v1/traces            | true",
        "OTEL_EXPORTER_OTLP_ENDPOINT=                                          | false",
        "OTEL_TRACES_EXPORTER=otlp                                             | true",
        "OTEL_TRACES_EXPORTER=none                                             | false",
        "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318   | false",
        "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318      | false",
        "OTEL_SDK_DISABLED=false OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318     | true",
      })
  void theSdkIsLoadedOnlyWhenTheyAskForTraces(String settings, boolean asked) {
    assertThat(ExporterSettings.ask(settings(settings))).isEqualTo(asked);
  }

  @Test
  void whatTheyDoNotSayIsOurs() {
    assertThat(ExporterSettings.properties(Map.of("OTEL_TRACES_SAMPLER", "always_on"), "my-app"))
        .containsOnly(
            Map.entry("otel.traces.sampler", "always_on"),
            Map.entry("otel.metrics.exporter", "none"),
            Map.entry("otel.logs.exporter", "none"),
            Map.entry("otel.exporter.otlp.protocol", "http/protobuf"),
            Map.entry("otel.service.name", "my-app"));
  }

  @Test
  void aServiceNameOfTheirsStays() {
    assertThat(ExporterSettings.properties(Map.of("OTEL_SERVICE_NAME", "shop"), "my-app"))
        .containsEntry("otel.service.name", "shop");
    assertThat(
            ExporterSettings.properties(
                Map.of("OTEL_RESOURCE_ATTRIBUTES", "a=b,service.name=shop"), "my-app"))
        .doesNotContainKey("otel.service.name");
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : text == null ? new String[0] : text.split(" ")) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }
}
