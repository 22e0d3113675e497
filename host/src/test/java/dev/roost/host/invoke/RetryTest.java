package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.BindingException;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.Behaviour;

class RetryTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private final Calls calls = new Calls();

  @BeforeEach
  void forget() {
    Behaviour.SEEN.clear();
  }

  @Test
  void triesAgainAfterThePauseWithTheSameIdAndTheLastFailure() throws Exception {
    Behaviour.FAILURES.set(2);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(3, PAUSE));
    Running run = start("probe.Behaviour.failsAtFirst", Event.of("x"));

    run.awaitPause();
    calls.host.manualClock.advance(PAUSE.minusNanos(1));
    assertThat(Behaviour.SEEN).hasSize(1);
    calls.host.manualClock.advance(Duration.ofNanos(1));
    run.awaitPause();
    calls.host.manualClock.advance(PAUSE);

    assertThat(run.outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(ids()).hasSize(3).containsOnly(ids().getFirst());
    assertThat(tries())
        .containsExactly(
            "0/3 ''",
            "1/3 'IllegalStateException: not yet'",
            "2/3 'IllegalStateException: not yet'");
  }

  @Test
  void aCallerThatWaitsGetsANewIdForEachTry() throws Exception {
    Behaviour.FAILURES.set(1);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(-1, PAUSE));
    Running run = start("probe.Behaviour.failsAtFirstOverHttp", Event.of("x"));

    run.awaitPause();
    calls.host.manualClock.advance(PAUSE);

    assertThat(run.outcome()).isEqualTo(new Outcome.Succeeded(new Payload.Text("done")));
    assertThat(ids()).hasSize(2).doesNotHaveDuplicates();
    assertThat(tries()).first().isEqualTo("0/-1 ''");
  }

  @Test
  void givesUpAfterTheLastTry() throws Exception {
    Behaviour.FAILURES.set(9);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(1, PAUSE));
    Running run = start("probe.Behaviour.failsAtFirst", Event.of("x"));

    run.awaitPause();
    calls.host.manualClock.advance(PAUSE);

    assertThat(run.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(Behaviour.SEEN).hasSize(2);
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() throws Exception {
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(5, PAUSE));

    assertThat(calls.call("probe.Gives.throwPermanent", Event.of("x")))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(calls.host.manualClock.waiting()).isZero();
  }

  @Test
  void drainingEndsThePauseAndTheFailureIsFinal() throws Exception {
    Behaviour.FAILURES.set(9);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(5, PAUSE));
    Running run = start("probe.Behaviour.failsAtFirst", Event.of("x"));
    run.awaitPause();
    assertThat(run.invoker.outstandingRetries()).isEqualTo(1);

    run.invoker.drain();

    assertThat(run.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(Behaviour.SEEN).hasSize(1);
    assertThat(run.invoker.outstandingRetries()).isZero();
    assertThat(calls.host.manualClock.waiting()).isZero();
  }

  @Test
  void aFunctionThatTheHostInterruptsIsNotTriedAgain() throws Exception {
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(5, PAUSE));
    Running run = start("probe.Behaviour.waitsForEver", Event.of("x"));
    Await.until(() -> Behaviour.SEEN.contains("waiting"));

    run.thread.interrupt();

    assertThat(run.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(InterruptedException.class));
  }

  @Test
  void aSourceThatDeliversAgainGetsOneTry() throws BindingException {
    Behaviour.FAILURES.set(1);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(5, PAUSE));

    Outcome outcome =
        calls.invoker().invokeOnce(calls.bind("F", "probe.Behaviour.failsAtFirst"), Event.of("x"));

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(tries()).containsExactly("0/0 ''");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.8, PT1S",
    "1, 1.2, PT1S",
    "2, 1.0, PT2S",
    "2, 0.8, PT1.8S",
    "3, 1.0, PT3S",
    "4, 1.2, PT5.8S",
    "6, 1.0, PT15S",
    "500, 1.0, PT15S"
  })
  void theExponentialPauseDoublesUpToItsMaximum(int retry, double jitter, Duration pause) {
    RetryPolicy policy =
        new RetryPolicy.ExponentialBackoff(-1, Duration.ofSeconds(1), Duration.ofSeconds(15));

    assertThat(Backoff.before(retry, policy, jitter)).isEqualTo(pause);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 00:00:00",
    "PT5M, 00:05:00",
    "PT1.5S, 00:00:01.5000000",
    "P1DT2H3M4S, 1.02:03:04"
  })
  void pausesAreWrittenAsTheOfficialHostDoes(Duration span, String text) {
    assertThat(TimeText.of(span)).isEqualTo(text);
  }

  @Test
  void anEventThatItsSourceLostIsNotTriedAgain() throws BindingException {
    Behaviour.FAILURES.set(9);
    calls.retry = Optional.of(new RetryPolicy.FixedDelay(3, PAUSE));
    dev.roost.spi.Running lost =
        new dev.roost.spi.Running() {
          @Override
          public void interrupt(String reason) {}

          @Override
          public boolean interrupted() {
            return true;
          }
        };
    Outcome outcome =
        calls
            .invoker()
            .invoke(calls.bind("F", "probe.Behaviour.failsAtFirst"), Event.of("x"), lost);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(Behaviour.SEEN).hasSize(1);
  }

  private Running start(String entryPoint, Event event) throws BindingException {
    Function function = calls.bind("F", entryPoint);
    Invoker invoker = calls.invoker();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> outcome.complete(invoker.invoke(function, event, Calls.UNDISTURBED)));
    return new Running(invoker, thread, outcome, calls);
  }

  private record Running(
      Invoker invoker, Thread thread, CompletableFuture<Outcome> result, Calls calls) {
    void awaitPause() {
      Await.until(() -> calls.host.manualClock.waiting() == 1 && invoker.outstandingRetries() == 1);
    }

    Outcome outcome() throws Exception {
      return result.get(20, TimeUnit.SECONDS);
    }
  }

  private static List<String> ids() {
    return Behaviour.SEEN.stream().map(seen -> seen.split(" ", 2)[0]).toList();
  }

  private static List<String> tries() {
    return Behaviour.SEEN.stream().map(seen -> seen.split(" ", 2)[1]).toList();
  }
}
