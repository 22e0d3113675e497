package dev.roost.host.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronWindowsTest {

  @ParameterizedTest
  @CsvSource({
    "0 30 3 * * *, 28 3 * * *, 40 3 * * *",
    "30 3 * * *, 28 3 * * *, 40 3 * * *",
    "0 0 0 * * *, 58 23 * * *, 10 0 * * *",
    "15 55 23 * * *, 53 23 * * *, 5 0 * * *",
  })
  void openBeforeAndCloseAfterEachOccurrence(String schedule, String start, String end) {
    assertThat(CronWindows.of(schedule).orElseThrow().windows())
        .containsExactly(new CronWindows.Window(start, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/10 * * * * *", // all the time
        "0 */5 * * * *",
        "0 0 3 * * 1-5", // a window of every day would be one of Sundays too
        "0 0 3 1 * *",
        "0,30 0 3 * * *",
        "0 0,5,10,15,20,25,30 1,2,3,4 * * *", // 28 a day
        "00:05:00",
        "0 0 25 * * *",
        "",
      })
  void areRefusedForWhatIsNotSparseOrNotDaily(String schedule) {
    assertThat(CronWindows.of(schedule)).isEmpty();
  }
}
