package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTableTest {

  @ParameterizedTest(name = "{0} in {1} after {2}")
  @MethodSource("occurrences")
  void comesDueWhenTheTableSays(String schedule, String zone, String base, List<String> expected)
      throws ScheduleException {
    ZoneId id = ZoneId.of(zone);
    Schedule parsed = Schedule.parse(schedule, id);
    Instant reached = OffsetDateTime.parse(base).toInstant();
    List<OffsetDateTime> found = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      reached = parsed.next(reached).orElseThrow();
      found.add(reached.atZone(id).toOffsetDateTime());
    }
    assertThat(found)
        .containsExactlyElementsOf(expected.stream().map(OffsetDateTime::parse).toList());
  }

  @ParameterizedTest(name = "''{0}''")
  @MethodSource("rejected")
  void refusesWhatTheOfficialHostRefuses(String schedule, String message) {
    assertThatThrownBy(() -> Schedule.parse(schedule, ZoneId.of("UTC")))
        .isInstanceOf(ScheduleException.class)
        .hasMessageContaining(message);
  }

  @Test
  void hasAtLeastThreeHundredCases() {
    assertThat(occurrences().count()).isGreaterThanOrEqualTo(300);
  }

  static Stream<Arguments> occurrences() {
    return rows("schedules.tsv")
        .map(row -> Arguments.of(row[0], row[1], row[2], Arrays.asList(row[3].split(" ", -1))));
  }

  static Stream<Arguments> rejected() {
    return rows("rejected-schedules.tsv").map(row -> Arguments.of(row[0], row[1]));
  }

  private static Stream<String[]> rows(String resource) {
    try (InputStream in =
        Objects.requireNonNull(ScheduleTableTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
