package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.Demand;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GateTest {
  static {
    org.awaitility.Awaitility.setDefaultTimeout(java.time.Duration.ofSeconds(60));
  }

  private final Gate gate = new Gate(new Limit.Fixed(4));

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
