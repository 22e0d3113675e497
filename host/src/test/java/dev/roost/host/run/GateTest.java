package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.roost.host.limit.Limit;
import dev.roost.host.limit.Observation;
import dev.roost.host.limit.Reason;
import dev.roost.host.limit.Supply;
import dev.roost.host.limit.Tokens;
import dev.roost.spi.Demand;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GateTest {
  static {
    org.awaitility.Awaitility.setDefaultTimeout(java.time.Duration.ofSeconds(60));
  }

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Gate gate = new Gate(new Limit.Fixed(4), clock);

  @Test
  void givesWhatIsFreeButNoMoreThanIsWanted() throws InterruptedException {
    assertThat(gate.acquireUpTo(new Demand(1, 3))).isEqualTo(3);
    assertThat(gate.acquireUpTo(new Demand(1, 3))).isEqualTo(1);
    assertThat(gate.inFlight()).isEqualTo(4);
    assertThat(gate.tryAcquire()).isFalse();
  }

  @Test
  void waitsUntilTheLeastIsFree() throws InterruptedException {
    assertThat(gate.acquireUpTo(new Demand(4, 4))).isEqualTo(4);
    CompletableFuture<Integer> waiting = acquireInBackground(new Demand(2, 4));
    gate.release(1);
    assertThat(waiting).isNotDone();
    gate.release(1);
    assertThat(waiting.join()).isEqualTo(2);
  }

  @Test
  void takesTheWholeLimitWhenTheLeastIsMore() throws InterruptedException {
    assertThat(gate.acquireUpTo(new Demand(16, 32))).isEqualTo(4);
  }

  @Test
  void letsAWaiterGoWithNothingWhenItCloses() throws InterruptedException {
    assertThat(gate.acquireUpTo(new Demand(4, 4))).isEqualTo(4);
    CompletableFuture<Integer> waiting = acquireInBackground(new Demand(1, 1));
    gate.close();
    assertThat(waiting.join()).isZero();
    assertThat(gate.tryAcquire()).isFalse();
  }

  @Test
  void tellsItsLimitWhatItSaw() {
    List<Observation> told = new ArrayList<>();
    Gate moving = new Gate(recording(told), clock);
    assertThat(moving.tryAcquire()).isTrue();
    assertThat(moving.tryAcquire()).isTrue();
    long first = moving.begin();
    long second = moving.begin();
    clock.advance(Duration.ofMillis(100));
    moving.end(first, new Outcome.Succeeded(Payload.EMPTY));
    clock.advance(Duration.ofMillis(100));
    moving.end(second, new Outcome.Failed(new IllegalStateException("no")));
    moving.observe(new Supply(5, 2), Observation.Ceiling.NONE);
    Observation seen = told.getFirst();
    assertThat(seen.completions()).isEqualTo(2);
    assertThat(seen.failures()).isEqualTo(1);
    assertThat(seen.seconds()).isCloseTo(0.2, within(1e-9));
    assertThat(seen.latency()).isCloseTo(0.3, within(1e-9));
    assertThat(seen.occupied()).isCloseTo(0.3, within(1e-9));
    assertThat(seen.supply()).isEqualTo(new Supply(5, 2));
  }

  @Test
  void keepsAMovingLimitFullInsteadOfWaitingForAPage() throws InterruptedException {
    Gate moving = new Gate(recording(new ArrayList<>()), clock);
    assertThat(moving.acquireUpTo(new Demand(16, 32))).isEqualTo(20);
    moving.release(8);
    assertThat(moving.acquireUpTo(new Demand(16, 32))).isEqualTo(8);
  }

  private static Limit recording(List<Observation> told) {
    return new Limit() {
      @Override
      public int current() {
        return 20;
      }

      @Override
      public String why() {
        return "it records";
      }

      @Override
      public boolean moves() {
        return true;
      }

      @Override
      public void observe(Observation observation) {
        told.add(observation);
      }
    };
  }

  @Test
  void letsNobodyPassWhileAValveIsShut() {
    Gate limited = new Gate(new Limit.Fixed(8), List.of(new Tokens(2)), clock);
    assertThat(limited.tryAcquire()).isTrue();
    limited.begin();
    assertThat(limited.tryAcquire()).isTrue();
    limited.begin();
    assertThat(limited.tryAcquire()).isFalse();
    assertThat(limited.why()).isEqualTo("its rate limit of 2.0 a second");
    clock.advance(Duration.ofMillis(500));
    assertThat(limited.tryAcquire()).isTrue();
    assertThat(limited.reason()).isEqualTo(Reason.RATE);
    clock.advance(Duration.ofSeconds(2));
    assertThat(limited.why()).isEqualTo("fixed");
  }

  @Test
  void refusesAReleaseOfWhatNobodyTook() {
    assertThatThrownBy(() -> gate.release(1)).isInstanceOf(IllegalStateException.class);
  }

  private CompletableFuture<Integer> acquireInBackground(Demand demand) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                result.complete(gate.acquireUpTo(demand));
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    return result;
  }
}
