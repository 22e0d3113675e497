package dev.roost.host.run;

import dev.roost.host.limit.Reason;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostClock;
import dev.roost.spi.Meters;
import dev.roost.spi.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts and times the invocations of each function. Safe for use by many threads. */
public final class InvocationMeters {
  private final Meters meters;
  private final HostClock clock;
  private final Map<String, OfFunction> functions = new ConcurrentHashMap<>();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  public InvocationMeters(Meters meters, HostClock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** Shows what the gate of a listener admits; a later gate of the same listener replaces it. */
  void watch(String listener, Gate gate) {
    if (gates.put(listener, gate) == null) {
      meters.gauge(
          "roost.concurrency.limit",
          "How many events of a listener may run at once",
          () -> gates.getOrDefault(listener, gate).limit(),
          "listener",
          listener);
      meters.gauge(
          "roost.concurrency.used",
          "Events of a listener that were fetched and are not settled yet",
          () -> gates.getOrDefault(listener, gate).inFlight(),
          "listener",
          listener);
      for (Reason reason : Reason.values()) {
        meters.gauge(
            "roost.concurrency.reason",
            "1 for why the limit of a listener is what it is, or why nothing begins",
            () -> gates.getOrDefault(listener, gate).reason() == reason ? 1 : 0,
            "listener",
            listener,
            "reason",
            reason.label());
      }
    }
  }

  /** Told when an event begins to run. */
  Run begin(Delivery delivery) {
    OfFunction function = functions.computeIfAbsent(delivery.function(), OfFunction::new);
    function.inFlight.incrementAndGet();
    Optional<Duration> waited = delivery.enqueuedAt().map(at -> Duration.between(at, clock.now()));
    waited.ifPresent(function.wait::record);
    return new Run(function, waited, clock.nanoTime());
  }

  /** One invocation on its way. */
  final class Run {
    private final OfFunction function;
    private final Optional<Duration> waited;
    private final long start;

    private Run(OfFunction function, Optional<Duration> waited, long start) {
      this.function = function;
      this.waited = waited;
      this.start = start;
    }

    /** Told when the function ended. */
    void ended(Outcome outcome) {
      function.duration.record(sinceStart());
      function.count(outcome).add(1);
    }

    /** Told when the event was settled, or could not be. */
    void settled() {
      function.inFlight.decrementAndGet();
      waited.ifPresent(before -> function.completion.record(before.plus(sinceStart())));
    }

    private Duration sinceStart() {
      return Duration.ofNanos(clock.nanoTime() - start);
    }
  }

  /** The meters of one function. */
  private final class OfFunction {
    private final String name;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Meters.Timing wait;
    private final Meters.Timing duration;
    private final Meters.Timing completion;
    private final Map<Class<?>, Meters.Counter> outcomes = new ConcurrentHashMap<>();

    OfFunction(String name) {
      this.name = name;
      this.wait =
          meters.timing(
              "roost.invocation.wait", "From enqueue to the start of the function", label());
      this.duration =
          meters.timing("roost.invocation.duration", "What one invocation took", label());
      this.completion =
          meters.timing(
              "roost.invocation.completion", "From enqueue to the settled event", label());
      meters.gauge(
          "roost.invocations.in.flight",
          "Invocations that run or are being settled",
          inFlight::get,
          label());
    }

    private String[] label() {
      return new String[] {"function", name};
    }

    Meters.Counter count(Outcome outcome) {
      return outcomes.computeIfAbsent(
          outcome.getClass(),
          kind ->
              meters.counter(
                  "roost.invocations",
                  "Invocations by outcome",
                  "function",
                  name,
                  "outcome",
                  kind.getSimpleName().toLowerCase(Locale.ROOT)));
    }
  }
}
