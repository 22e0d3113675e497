package dev.roost.storage.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedPauseTest {
  private static final String DATE = "Sun, 22 Nov 2026 21:00:00 GMT";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Retry-After          | 7                             | PT7S
          Retry-After          | 0                             | PT0S
          Retry-After          | Sun, 22 Nov 2026 21:00:30 GMT | PT30S
          Retry-After          | Sun, 22 Nov 2026 20:00:00 GMT | PT0S
          x-ms-retry-after-ms  | 1500                          | PT1.5S
          retry-after-ms       | 20                            | PT0.02S
          Retry-After          | -1                            |
          Retry-After          | soon                          |
          Retry-After          | 99999999999999999999          |
          Server               | 7                             |
          """)
  void readsWhatAServiceAsksFor(String header, String value, Duration pause) {
    HttpHeaders headers =
        new HttpHeaders()
            .set(HttpHeaderName.DATE, DATE)
            .set(HttpHeaderName.fromString(header), value);
    assertThat(AskedPause.in(headers).orElse(null)).isEqualTo(pause);
  }
}
