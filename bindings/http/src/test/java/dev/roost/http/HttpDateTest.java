package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpDateTest {

  @Test
  void isThatOfTheStandard() {
    assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37.9Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void namesEveryDayAsTheLocaleDoes() {
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    Instant time = Instant.parse("2023-12-31T23:59:59Z");
    for (int day = 0; day < 400; day++) {
      assertThat(HttpDate.of(time)).isEqualTo(form.format(time));
      time = time.plus(Duration.ofHours(25));
    }
  }
}
