package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "* * * * * *, true",
    "*/5 * * * * *, true",
    "'10,20,45 * * * * *', true",
    "0/30 * * * * *, true",
    "*/59 * * * * *, true",
    "0 * * * * *, false",
    "30 * * * * *, false",
    "* * * * *, false",
    "* 30 * * * *, false",
    "*/5 0-58 * * * *, false",
    "0 */5 * * * *, false",
    "00:00:59, true",
    "00:00:59.9999999, true",
    "00:01:00, false",
    "24:00:00, false"
  })
  void keepsNoStatusForOccurrencesLessThanAMinuteApart(String schedule, boolean off)
      throws ScheduleException {
    assertThat(
            Schedule.parse(schedule, ZoneId.of("UTC"))
                .tooFrequentToMonitor(Instant.parse("2026-06-10T11:22:33Z")))
        .isEqualTo(off);
  }

  @Test
  void isElapsedTimeWithoutRegardToClockChanges() throws ScheduleException {
    Schedule hourly = Schedule.parse("01:00:00", ZoneId.of("Europe/Paris"));
    assertThat(hourly.next(Instant.parse("2026-10-25T00:30:00.25Z")))
        .contains(Instant.parse("2026-10-25T01:30:00.25Z"));
    assertThat(hourly.adjustsForDst()).isFalse();
  }
}
