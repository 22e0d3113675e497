package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import probe.Behaviour;

class TimeLimitTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private final Calls calls = new Calls();

  @BeforeEach
  void limit() {
    Behaviour.SEEN.clear();
    Behaviour.release = new CountDownLatch(1);
    calls.timeout = Optional.of(LIMIT);
  }

  @Test
  void interruptsAFunctionThatTakesTooLong() throws Exception {
    CompletableFuture<Outcome> outcome = start("probe.Behaviour.waitsForEver");

    calls.host.manualClock.advance(LIMIT);

    assertThat(failure(outcome))
        .isInstanceOf(FunctionTimeoutException.class)
        .hasMessage(
            "Timeout value of 00:05:00 was exceeded by function: Functions.F. Raise functionTimeout"
                + " in host.json, or make the function end sooner.")
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void aFunctionThatWillNotBeInterruptedFailsWhenItReturns() throws Exception {
    CompletableFuture<Outcome> outcome = start("probe.Behaviour.ignoresInterrupts");

    calls.host.manualClock.advance(LIMIT);
    Await.until(() -> Behaviour.SEEN.contains("interrupted"));
    assertThat(outcome).isNotDone();
    Behaviour.release.countDown();

    assertThat(failure(outcome)).isInstanceOf(FunctionTimeoutException.class).hasNoCause();
    assertThat(calls.written).isEmpty();
  }

  @Test
  void aSenderThatWaitsIsToldAtTheLimitWhenNoOtherAttemptFollows() throws Exception {
    AtomicInteger told = new AtomicInteger();
    CompletableFuture<Outcome> outcome =
        start("probe.Behaviour.ignoresInterrupts", new Waiting(Event.of("x"), told));

    calls.host.manualClock.advance(LIMIT);

    assertThat(told).hasValue(1);
    assertThat(outcome).isNotDone();
    Behaviour.release.countDown();
    assertThat(failure(outcome)).isInstanceOf(FunctionTimeoutException.class);
    assertThat(told).hasValue(1);
  }

  @Test
  void aSenderThatWaitsIsToldNothingBeforeTheLastAttempt() throws Exception {
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(1, Duration.ZERO));
    AtomicInteger told = new AtomicInteger();
    start("probe.Behaviour.ignoresInterrupts", new Waiting(Event.of("x"), told));

    calls.host.manualClock.advance(LIMIT);

    assertThat(told).hasValue(0);
    Behaviour.release.countDown();
  }

  /** An event whose sender waits. */
  private record Waiting(Event event, AtomicInteger told) implements Delivery {
    @Override
    public String function() {
      return event.function();
    }

    @Override
    public Payload payload() {
      return event.payload();
    }

    @Override
    public BindingData data() {
      return event.data();
    }

    @Override
    public String reason() {
      return event.reason();
    }

    @Override
    public void overdue() {
      told.incrementAndGet();
    }

    @Override
    public void settle(Outcome outcome) {}
  }

  @Test
  void aFunctionThatEndsInTimeLeavesNoTimer() throws BindingException {
    assertThat(calls.call("probe.Gives.integer", Event.of("x")))
        .isInstanceOf(Outcome.Succeeded.class);

    assertThat(calls.host.manualClock.waiting()).isZero();
    calls.host.manualClock.advance(LIMIT);
    assertThat(Thread.interrupted()).isFalse();
  }

  private CompletableFuture<Outcome> start(String entryPoint) throws BindingException {
    return start(entryPoint, Event.of("x"));
  }

  private CompletableFuture<Outcome> start(String entryPoint, Delivery event)
      throws BindingException {
    Function function = calls.bind("F", entryPoint);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> outcome.complete(calls.invoker().invoke(function, event, Calls.UNDISTURBED)));
    Await.until(() -> calls.host.manualClock.waiting() == 1);
    return outcome;
  }

  private static Throwable failure(CompletableFuture<Outcome> outcome) throws Exception {
    return ((Outcome.Failed) outcome.get(30, TimeUnit.SECONDS)).cause();
  }
}
