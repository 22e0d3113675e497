package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.limit.Limit;
import dev.roost.host.limit.Supply;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SupplyCountTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Gate gate = new Gate(new Limit.Fixed(4), clock);
  private SupplyCount.Count source = () -> OptionalLong.of(104);
  private Duration takes = Duration.ZERO;
  private int counts;
  private final SupplyCount count = new SupplyCount(gate, this::ask, clock, clock);

  private OptionalLong ask() throws IOException {
    counts++;
    clock.advance(takes);
    return source.unsettled();
  }

  private void busy() {
    for (int i = 0; i < 4; i++) {
      assertThat(gate.tryAcquire()).isTrue();
    }
  }

  private Supply after(Duration time) {
    clock.advance(time);
    count.current();
    clock.advance(Duration.ofMillis(1));
    return count.current();
  }

  @Test
  void asksNothingWhileTheFunctionIsIdle() {
    assertThat(gate.tryAcquire()).isTrue();
    assertThat(after(Duration.ofSeconds(60))).isEqualTo(Supply.UNKNOWN);
    assertThat(counts).isZero();
  }

  @Test
  void tellsWhatWaitsBesideWhatRunsAndHowFastMoreCame() {
    busy();
    assertThat(after(Duration.ZERO).waiting()).isEqualTo(100);
    assertThat(count.current().perSecond()).isNaN();
    gate.end(gate.begin(), new Outcome.Succeeded(Payload.EMPTY));
    source = () -> OptionalLong.of(113);
    Supply later = after(Duration.ofMillis(1_999));
    // One was settled, and nine more are there.
    assertThat(later.perSecond()).isEqualTo(5);
    assertThat(later.waiting()).isEqualTo(110);
  }

  @Test
  void asksEveryTwoSecondsAndSeldomerWhenTheAnswerTakesLong() {
    busy();
    for (int second = 0; second < 20; second++) {
      after(Duration.ofMillis(999));
    }
    assertThat(counts).isBetween(9, 11);
    takes = Duration.ofMillis(400);
    after(Duration.ofSeconds(2));
    int before = counts;
    for (int second = 0; second < 18; second++) {
      after(Duration.ofMillis(999));
    }
    assertThat(counts).isEqualTo(before);
  }

  @Test
  void knowsNothingOfASourceThatCanNotBeAskedOrWasAskedLongAgo() {
    busy();
    assertThat(after(Duration.ZERO)).isNotEqualTo(Supply.UNKNOWN);
    gate.release(4);
    assertThat(after(Duration.ofSeconds(5))).isEqualTo(Supply.UNKNOWN);
    busy();
    source =
        () -> {
          throw new IOException("no answer");
        };
    assertThat(after(Duration.ofSeconds(5))).isEqualTo(Supply.UNKNOWN);
    source = () -> OptionalLong.of(Source.MORE_THAN_COUNTED);
    assertThat(after(Duration.ofSeconds(5)).waiting()).isInfinite();
  }
}
