package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.BindingException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerSettingsTest {

  @Test
  void asksForNothingByDefault() throws BindingException {
    TimerSettings settings = TimerSettings.read(new TimerBench("0 0 9 * * *").context());
    assertThat(settings.runOnStartup()).isFalse();
    assertThat(settings.useMonitor()).isTrue();
    assertThat(settings.zone()).isEqualTo(ZoneId.of("Etc/UTC"));
    assertThat(settings.policy())
        .isEqualTo(
            new MissedPolicy(
                MissedPolicy.Missed.RUN_ONCE,
                100,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                false));
  }

  @Test
  void takesItsScheduleAndZoneFromTheAppsSettings() throws BindingException {
    TimerBench bench = new TimerBench("%Nightly%").with("timeZone", "%Zone%");
    bench.host.values.put("Nightly", "0 0 3 * * *");
    bench.host.values.put("Zone", "Tokyo Standard Time");
    TimerSettings settings = TimerSettings.read(bench.context());
    assertThat(settings.text()).isEqualTo("0 0 3 * * *");
    assertThat(settings.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @ParameterizedTest
  @CsvSource({
    "schedule, 0 0 25 * * *, schedule: the hour field '25' is wrong: 25 is not between 0 and 23. Write",
    "schedule, %Missing%, 'schedule: ''%Missing%'' names the setting ''Missing'', which does not exist'",
    "schedule, ' ', the timerTrigger binding 'timer' has no schedule",
    "timeZone, Mars/Olympus, timeZone: 'Mars/Olympus' is not a time zone. Use an IANA name",
    "missed, NEVER, 'missed: ''NEVER'' is not understood. Write one of [RUN_ONCE, SKIP, RUN_EACH].'",
    "guarantee, exactlyOnce, 'guarantee: ''exactlyOnce'' is not understood. Write one of [AT_LEAST_ONCE, AT_MOST_ONCE].'",
    "maxMissed, 0, maxMissed: '0' is not understood. Write a whole number",
    "maxMissed, many, maxMissed: 'many' is not understood",
    "onlyWithin, soon, onlyWithin: 'soon' is not understood. Write a time span",
    "lateAfter, -00:00:01, lateAfter: '-00:00:01' is not understood",
    "runOnStartup, perhaps, 'runOnStartup: ''perhaps'' is not understood. Write one of [true, false].'",
    "useMonitor, 1, useMonitor: '1' is not understood"
  })
  void namesThePropertyAndTheRemedy(String key, String value, String message) {
    TimerBench bench = new TimerBench("0 0 9 * * *").with(key, value);
    assertThatThrownBy(() -> bench.triggers.open(bench.context()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining(message);
  }
}
