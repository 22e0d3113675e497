package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.limit.Limit;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.RecordedMeters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Gate gate = new Gate(new Limit.Fixed(1), clock);
  private final Event event = new Event();

  private void dispatch(Invocation function) {
    assertThat(gate.tryAcquire()).isTrue();
    new Dispatcher(
            Map.of("Work", function), clock, new InvocationMeters(new RecordedMeters(), clock))
        .dispatch(event, gate);
  }

  private Outcome settled() {
    await().until(() -> gate.inFlight() == 0);
    return event.outcome.get();
  }

  @Test
  void settlesWithTheOutcomeAndGivesThePermitBack() {
    dispatch((delivery, _) -> DONE);
    assertThat(settled()).isEqualTo(DONE);
  }

  @Test
  void settlesAsFailedWhatFailsOutsideTheUsersCode() {
    IllegalStateException failure = new IllegalStateException("can't even be told");
    dispatch((delivery, _) -> {
      throw failure;
    });
    assertThat(settled()).isEqualTo(new Outcome.Failed(failure));
    assertThat(clock.waiting()).as("renewals left").isZero();
  }

  @Test
  void givesThePermitBackWhenSettlingFails() {
    event.settleFails = true;
    dispatch((delivery, _) -> DONE);
    assertThat(settled()).isNull();
  }

  @Test
  void renewsWhileTheFunctionRunsAndNotAfter() {
    CountDownLatch end = new CountDownLatch(1);
    dispatch((delivery, _) -> {
      awaitQuietly(end);
      return DONE;
    });
    for (int i = 1; i <= 3; i++) {
      int renewals = i;
      await().until(() -> clock.waiting() == 1);
      clock.advance(Duration.ofSeconds(5));
      await().until(() -> event.renewals.get() == renewals);
    }
    end.countDown();
    assertThat(settled()).isEqualTo(DONE);
    clock.advance(Duration.ofMinutes(1));
    assertThat(event.renewals.get()).isEqualTo(3);
  }

  @Test
  void triesAFailedRenewalAgainSooner() {
    CountDownLatch end = new CountDownLatch(1);
    event.renewFails = true;
    dispatch((delivery, _) -> {
      awaitQuietly(end);
      return DONE;
    });
    await().until(() -> clock.waiting() == 1);
    clock.advance(Duration.ofSeconds(5));
    assertThat(event.renewals.get()).isEqualTo(1);
    event.renewFails = false;
    clock.advance(Duration.ofMillis(1250));
    assertThat(event.renewals.get()).isEqualTo(2);
    end.countDown();
    assertThat(settled()).isEqualTo(DONE);
  }

  @Test
  void abandonsWhatItsSourceInterrupts() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    dispatch((delivery, _) -> {
      running.countDown();
      awaitQuietly(never);
      return new Outcome.Failed(new IllegalStateException("interrupted"));
    });
    awaitQuietly(running);
    event.running.get().interrupt("the lock is lost");
    assertThat(settled()).isEqualTo(new Outcome.Abandoned("the lock is lost"));
    assertThat(event.settledInterrupted).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Event implements Delivery {
    final AtomicReference<Outcome> outcome = new AtomicReference<>();
    final AtomicReference<Running> running = new AtomicReference<>();
    final AtomicInteger renewals = new AtomicInteger();
    volatile boolean settleFails;
    volatile boolean renewFails;
    volatile boolean settledInterrupted;

    @Override
    public String function() {
      return "Work";
    }

    @Override
    public Payload payload() {
      return Payload.EMPTY;
    }

    @Override
    public BindingData data() {
      return BindingData.EMPTY;
    }

    @Override
    public String reason() {
      return "test";
    }

    @Override
    public void started(Running handle) {
      running.set(handle);
    }

    @Override
    public Optional<Duration> renewEvery() {
      return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public boolean renew() throws IOException {
      renewals.incrementAndGet();
      if (renewFails) {
        throw new IOException("not now");
      }
      return true;
    }

    @Override
    public void settle(Outcome settled) throws IOException {
      settledInterrupted = Thread.currentThread().isInterrupted();
      if (settleFails) {
        throw new IOException("the source is away");
      }
      outcome.set(settled);
    }
  }
}
