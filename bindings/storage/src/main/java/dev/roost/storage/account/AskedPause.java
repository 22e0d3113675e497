package dev.roost.storage.account;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from an answer's headers when the service wants to be asked again. */
final class AskedPause {
  private static final HttpHeaderName MILLISECONDS =
      HttpHeaderName.fromString("x-ms-retry-after-ms");
  private static final HttpHeaderName OTHER_MILLISECONDS =
      HttpHeaderName.fromString("retry-after-ms");

  private AskedPause() {}

  /**
   * The pause in {@code x-ms-retry-after-ms}, {@code retry-after-ms} or {@code Retry-After}. A date
   * there is told apart from the answer's own {@code Date}, so that our clock does not matter.
   *
   * @return empty when there is none that can be read
   */
  static Optional<Duration> in(HttpHeaders headers) {
    return whole(headers.getValue(MILLISECONDS))
        .or(() -> whole(headers.getValue(OTHER_MILLISECONDS)))
        .map(Duration::ofMillis)
        .or(() -> whole(headers.getValue(HttpHeaderName.RETRY_AFTER)).map(Duration::ofSeconds))
        .or(() -> untilDate(headers));
  }

  /** What the service's clock says; empty when the answer does not tell. */
  static Optional<Instant> date(HttpHeaders headers) {
    return instant(headers.getValue(HttpHeaderName.DATE));
  }

  private static Optional<Duration> untilDate(HttpHeaders headers) {
    Optional<Instant> until = instant(headers.getValue(HttpHeaderName.RETRY_AFTER));
    Optional<Instant> now = date(headers);
    if (until.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    Duration pause = Duration.between(now.get(), until.get());
    return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
  }

  /** At most nine digits: more is no pause but a mistake. */
  private static Optional<Long> whole(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(Long::valueOf);
  }

  static Optional<Instant> instant(@Nullable String httpDate) {
    try {
      return Optional.ofNullable(httpDate)
          .map(text ->
              ZonedDateTime.parse(
                      text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                  .toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
