package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NcrontabTest {
  private static final int[] LEAST = {0, 0, 0, 1, 1, 0};
  private static final int[] MOST = {59, 59, 23, 31, 12, 6};

  /** The definition of a match, walked through day by day, hour by hour, second by second. */
  @Test
  void agreesWithAWalkThroughTheCalendarOnRandomExpressions() throws ScheduleException {
    Random random = new Random(2026);
    for (int i = 0; i < 2_000; i++) {
      String[] fields = new String[6];
      BitSet[] sets = new BitSet[6];
      for (int f = 0; f < 6; f++) {
        sets[f] = new BitSet();
        fields[f] = randomField(random, LEAST[f], MOST[f], sets[f]);
      }
      String text = String.join(" ", fields);
      LocalDateTime base =
          LocalDateTime.of(2023, 1, 1, 0, 0)
              .plusSeconds(random.nextInt(200_000_000))
              .plusNanos(random.nextInt(2) * 500_000_000L);
      assertThat(Ncrontab.parse(text).next(base))
          .as("%s after %s", text, base)
          .isEqualTo(walk(sets, base));
    }
  }

  private static String randomField(Random random, int least, int most, BitSet values) {
    int a = random.nextInt(least, most + 1);
    int b = random.nextInt(least, most + 1);
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    int step = random.nextInt(1, most + 2);
    return switch (random.nextInt(7)) {
      case 0, 1 -> fill(values, least, most, 1, "*");
      case 2 -> fill(values, a, a, 1, "" + a);
      case 3 -> fill(values, from, to, 1, a + "-" + b);
      case 4 -> fill(values, least, most, step, "*/" + step);
      case 5 -> fill(values, a, most, step, a + "/" + step);
      default -> {
        fill(values, a, a, 1, "");
        yield fill(values, from, to, step, a + "," + from + "-" + to + "/" + step);
      }
    };
  }

  private static String fill(BitSet values, int from, int to, int step, String text) {
    for (int i = from; i <= to; i += step) {
      values.set(i);
    }
    return text;
  }

  private static Optional<LocalDateTime> walk(BitSet[] sets, LocalDateTime base) {
    LocalDateTime time = base.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    int end = base.getYear() + 60;
    while (time.getYear() < end) {
      LocalDate day = time.toLocalDate();
      if (!sets[3].get(day.getDayOfMonth())
          || !sets[4].get(day.getMonthValue())
          || !sets[5].get(day.getDayOfWeek().getValue() % 7)) {
        time = day.plusDays(1).atStartOfDay();
      } else if (!sets[2].get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!sets[1].get(time.getMinute())) {
        time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      } else if (!sets[0].get(time.getSecond())) {
        time = time.plusSeconds(1);
      } else {
        return Optional.of(time);
      }
    }
    return Optional.empty();
  }
}
