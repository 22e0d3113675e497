package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.limit.Limit;
import dev.roost.spi.BindingData;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.testkit.RecordedMeters;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CPU-bound functions beside housekeeping and others, on real threads. */
class PlatformThreadsTest {
  private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);

  private final SystemClock clock = new SystemClock();
  private final PlatformWaiter waiter = new PlatformWaiter(new SystemClock());
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<Thread> ran = new AtomicReference<>();
  private final Dispatcher dispatcher =
      new Dispatcher(
          Map.of("Burns", (_, _) -> burn(), "Quick", (_, _) -> quick()),
          waiter,
          new InvocationMeters(new RecordedMeters(), clock),
          "Quick"::equals);

  private Outcome burn() {
    while (!stop.get()) {
      Thread.onSpinWait();
    }
    return DONE;
  }

  private Outcome quick() {
    ran.set(Thread.currentThread());
    return DONE;
  }

  @AfterEach
  void end() {
    stop.set(true);
    waiter.close();
  }

  @Test
  void userCodeThatNeverYieldsSilencesNeitherHousekeepingNorFunctionsOnPlatformThreads() {
    int burning = 4 * Runtime.getRuntime().availableProcessors();
    Gate gate = new Gate(new Limit.Fixed(burning + 1), clock);
    for (int i = 0; i < burning; i++) {
      dispatch("Burns", gate);
    }
    AtomicInteger ticks = new AtomicInteger();
    tick(ticks);
    dispatch("Quick", gate);
    await().atMost(Duration.ofSeconds(30)).until(() -> ran.get() != null && ticks.get() > 20);
    assertThat(ran.get().isVirtual()).isFalse();
    assertThat(gate.inFlight()).isGreaterThanOrEqualTo(burning);
  }

  private void dispatch(String function, Gate gate) {
    assertThat(gate.tryAcquire()).isTrue();
    dispatcher.dispatch(new ManualDelivery(function, Payload.EMPTY, BindingData.EMPTY), gate);
  }

  private void tick(AtomicInteger ticks) {
    waiter.after(
        Duration.ofMillis(20),
        () -> {
          ticks.incrementAndGet();
          tick(ticks);
        });
  }
}
