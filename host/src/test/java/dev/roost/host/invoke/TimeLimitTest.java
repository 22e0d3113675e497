package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.BindingException;
import dev.roost.spi.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  void aFunctionThatEndsInTimeLeavesNoTimer() throws BindingException {
    assertThat(calls.call("probe.Gives.integer", Event.of("x")))
        .isInstanceOf(Outcome.Succeeded.class);

    assertThat(calls.host.manualClock.waiting()).isZero();
    calls.host.manualClock.advance(LIMIT);
    assertThat(Thread.interrupted()).isFalse();
  }

  private CompletableFuture<Outcome> start(String entryPoint) throws BindingException {
    Function function = calls.bind("F", entryPoint);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> outcome.complete(calls.invoker().invoke(function, Event.of("x"))));
    Await.until(() -> calls.host.manualClock.waiting() == 1);
    return outcome;
  }

  private static Throwable failure(CompletableFuture<Outcome> outcome) throws Exception {
    return ((Outcome.Failed) outcome.get(30, TimeUnit.SECONDS)).cause();
  }
}
