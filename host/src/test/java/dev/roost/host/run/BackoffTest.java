package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  /** Always the middle of the range: no jitter. */
  private static final RandomGenerator MIDDLE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public double nextDouble(double from, double to) {
          return (from + to) / 2;
        }
      };

  private static List<Long> millis(Backoff backoff, int count, Duration maximum) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pauses.add(backoff.next(maximum).toMillis());
    }
    return pauses;
  }

  @Test
  void doublesFromTheMinimumToExactlyTheMaximum() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), MIDDLE);
    assertThat(millis(backoff, 8, Duration.ofSeconds(2)))
        .containsExactly(100L, 200L, 300L, 500L, 900L, 1700L, 2000L, 2000L);
  }

  @Test
  void beginsAnewWhenSomethingWasFound() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), MIDDLE);
    millis(backoff, 8, Duration.ofSeconds(1));
    backoff.reset();
    assertThat(millis(backoff, 3, Duration.ofSeconds(1))).containsExactly(100L, 200L, 300L);
  }

  @Test
  void staysWithinTwentyPercentOfTheCurve() {
    for (int seed = 0; seed < 200; seed++) {
      Backoff backoff = new Backoff(Duration.ofMillis(100), new java.util.SplittableRandom(seed));
      List<Long> pauses = millis(backoff, 4, Duration.ofMinutes(1));
      assertThat(pauses.get(0)).isEqualTo(100);
      assertThat(pauses.get(1)).isBetween(180L, 220L);
      assertThat(pauses.get(2)).isBetween(260L, 340L);
      assertThat(pauses.get(3)).isBetween(420L, 580L);
    }
  }

  @Test
  void neverExceedsAMaximumBelowTheMinimum() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), MIDDLE);
    assertThat(millis(backoff, 2, Duration.ofMillis(50))).containsExactly(50L, 50L);
  }
}
