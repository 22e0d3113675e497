package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.BindingException;
import dev.roost.testkit.TestHost;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
  private final TestHost host = new TestHost();

  @ParameterizedTest
  @CsvSource({
    "Europe/Paris, Europe/Paris",
    "europe/paris, Europe/Paris",
    ":Europe/Paris, Europe/Paris",
    "/usr/share/zoneinfo/Europe/Paris, Europe/Paris",
    "UTC, Etc/UTC",
    "GMT, GMT",
    "EST5EDT, EST5EDT",
    "+02:00, +02:00",
    "Romance Standard Time, Europe/Paris",
    "romance standard time, Europe/Paris",
    "Eastern Standard Time, America/New_York",
    "Pacific Standard Time, America/Los_Angeles",
    "W. Europe Standard Time, Europe/Berlin",
    "GMT Standard Time, Europe/London",
    "Tokyo Standard Time, Asia/Tokyo",
    "Lord Howe Standard Time, Australia/Lord_Howe",
    "AUS Eastern Standard Time, Australia/Sydney",
    "India Standard Time, Asia/Calcutta",
    "US Mountain Standard Time, America/Phoenix"
  })
  void knowsIanaAndWindowsNames(String name, String zone) {
    assertThat(Zones.parse(name)).contains(ZoneId.of(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "Romance", "CET-1CEST,M3.5.0,M10.5.0/3", "12", " "})
  void doesNotGuess(String name) {
    assertThat(Zones.parse(name)).isEmpty();
  }

  @Test
  void takesTheFunctionsOwnThenWebsiteTimeZoneThenTz() throws BindingException {
    host.values.put("TZ", "Asia/Tokyo");
    assertThat(zone(Optional.empty())).isEqualTo(ZoneId.of("Asia/Tokyo"));
    host.values.put("WEBSITE_TIME_ZONE", "Romance Standard Time");
    assertThat(zone(Optional.empty())).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(zone(Optional.of("America/New_York"))).isEqualTo(ZoneId.of("America/New_York"));
  }

  @Test
  void fallsBackToTheMachinesZone() throws BindingException {
    host.values.put("WEBSITE_TIME_ZONE", " ");
    assertThat(zone(Optional.empty())).isEqualTo(ZoneId.systemDefault());
  }

  @Test
  void namesTheSettingThatHoldsNoZone() {
    host.values.put("WEBSITE_TIME_ZONE", "Mars/Olympus");
    assertThatThrownBy(() -> zone(Optional.empty()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("WEBSITE_TIME_ZONE: 'Mars/Olympus' is not a time zone");
  }

  private ZoneId zone(Optional<String> own) throws BindingException {
    return Zones.find("timeZone", own, host.settings());
  }
}
