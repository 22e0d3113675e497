package dev.roost.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome FAILED = new Outcome.Failed(new IllegalStateException("no"));
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Breaker breaker =
      new Breaker(new Breaker.Rule(0.5, 4, Duration.ofSeconds(10), Set.of("IOException")));

  private void ended(int times, Outcome outcome, long at) {
    for (int i = 0; i < times; i++) {
      breaker.ended(outcome, at * SECOND);
    }
  }

  @Test
  void opensWhenHalfOfTheLastEventsFailed() {
    ended(2, DONE, 0);
    ended(1, FAILED, 0);
    assertThat(breaker.open(0, 0)).isEqualTo(Integer.MAX_VALUE);
    ended(1, FAILED, 0);
    assertThat(breaker.open(0, 9 * SECOND)).isZero();
    assertThat(breaker.why()).isEqualTo("its circuit breaker is open");
  }

  @Test
  void triesOneEventAfterThePauseAndThenTwiceAsManyEachTime() {
    ended(4, FAILED, 0);
    assertThat(breaker.open(0, 10 * SECOND)).isEqualTo(1);
    assertThat(breaker.open(1, 10 * SECOND)).isZero();
    ended(1, DONE, 11);
    assertThat(breaker.open(0, 11 * SECOND)).isEqualTo(2);
    ended(1, DONE, 11);
    assertThat(breaker.open(1, 11 * SECOND)).isEqualTo(3);
    ended(6, DONE, 11);
    assertThat(breaker.open(0, 11 * SECOND)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void opensAgainWhenTheOneEventFails() {
    ended(4, FAILED, 0);
    assertThat(breaker.open(0, 10 * SECOND)).isEqualTo(1);
    ended(1, FAILED, 11);
    assertThat(breaker.open(0, 20 * SECOND)).isZero();
    assertThat(breaker.open(0, 21 * SECOND)).isEqualTo(1);
  }

  @Test
  void opensAtOnceForAnExceptionThatIsNamedAlsoAsACauseOrAParent() {
    var cause = new java.net.ConnectException("refused");
    ended(1, new Outcome.Failed(new UncheckedIOException(cause)), 0);
    assertThat(breaker.open(0, SECOND)).isZero();
  }

  @Test
  void hearsNothingOfEventsThatBeganBeforeItOpened() {
    ended(4, FAILED, 0);
    ended(4, FAILED, 9);
    assertThat(breaker.open(0, 10 * SECOND)).isEqualTo(1);
  }
}
