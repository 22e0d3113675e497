package dev.roost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveSettingTest {
  @ParameterizedTest(name = "{0} = {1} is shown as {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "batchSize   | 16                                           | 16",
        "queueName   | orders                                       | orders",
        "keyPassword | hunter2                                      | ***",
        "connection  | DefaultEndpointsProtocol=https;AccountKey=eA | ***",
        "connection  | BlobEndpoint=https://x;SharedAccessSignature=sv | ***",
        "path        | https://a.blob.core.windows.net/c?sv=1&sig=x | ***",
      })
  void masksWhatLooksLikeASecret(String key, String value, String shown) {
    assertThat(new EffectiveSetting(key, value, EffectiveSetting.DEFAULT).value()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00",
    "00:00:01",
    "01:02:03",
    "1.00:00:00",
    "00:00:00.2500000",
    "-00:00:05",
    "7.01:00:00"
  })
  void writesASpanAsItIsRead(String text) {
    assertThat(TimeSpans.text(TimeSpans.parse(text).orElseThrow())).isEqualTo(text);
  }
}
