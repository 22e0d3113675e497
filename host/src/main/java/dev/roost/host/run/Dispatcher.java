package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Runs each delivery on a thread of its own, a virtual one unless its function asks for another:
 * invoke, settle, release. Renews the loan of what runs, from platform threads. Safe for use by
 * many threads.
 */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger("Host.Executor");

  private static final Outcome UNKNOWN = new Outcome.Abandoned("It ended in an unknown way");

  private final Map<String, Invocation> functions;
  private final Waiter waiter;
  private final InvocationMeters meters;
  private final Predicate<String> onPlatform;
  private final Set<Loan> running = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoning;
  private volatile Ended ended = (delivery, outcome) -> {};

  /** Told of every event, on the thread that ran it; returns soon and never throws. */
  @FunctionalInterface
  public interface Ended {
    void ended(Delivery delivery, Outcome outcome);
  }

  /**
   * @param functions what to call for a function's name; may grow until the host runs
   * @param waiter for renewals
   * @param meters told of every invocation
   */
  public Dispatcher(Map<String, Invocation> functions, Waiter waiter, InvocationMeters meters) {
    this(functions, waiter, meters, function -> false);
  }

  /**
   * @param onPlatform which functions run on platform threads, each event on one of its own
   */
  public Dispatcher(
      Map<String, Invocation> functions,
      Waiter waiter,
      InvocationMeters meters,
      Predicate<String> onPlatform) {
    this.functions = functions;
    this.waiter = waiter;
    this.meters = meters;
    this.onPlatform = onPlatform;
  }

  /**
   * Runs a delivery for which {@code gate} gave a permit; the permit is released after settling.
   */
  void dispatch(Delivery delivery, Gate gate) {
    InvocationMeters.Run run = meters.begin(delivery);
    Loan loan = new Loan(delivery, waiter);
    running.add(loan);
    long since = gate.begin();
    Runnable invocation =
        () -> {
          Outcome outcome = UNKNOWN;
          try {
            outcome = invoke(delivery, loan);
            run.ended(outcome);
            settle(delivery, outcome);
            ended.ended(delivery, outcome);
          } finally {
            // The permit first: what only counts must never cost one.
            running.remove(loan);
            gate.end(since, outcome);
            run.settled();
          }
        };
    String name = "roost-invocation-" + delivery.function();
    if (onPlatform.test(delivery.function())) {
      Thread.ofPlatform().daemon().name(name).start(invocation);
    } else {
      delivery.start(Thread.ofVirtual().name(name), invocation);
    }
  }

  /**
   * Tells {@code observer}, and nobody else, of every event once it was settled or could not be.
   */
  public void tell(Ended observer) {
    ended = observer;
  }

  /** Shows what a gate admits. */
  void watch(String listener, Gate gate) {
    meters.watch(listener, gate);
  }

  private Outcome invoke(Delivery delivery, Loan loan) {
    Invocation function = functions.get(delivery.function());
    if (abandoning) {
      return new Outcome.Abandoned("The host is stopping");
    }
    if (function == null) {
      return new Outcome.Abandoned("This host does not run " + delivery.function());
    }
    Outcome outcome = run(function, delivery, loan);
    String interrupted = loan.end().orElse("");
    return interrupted.isEmpty() || (abandoning && outcome instanceof Outcome.Succeeded)
        ? outcome
        : new Outcome.Abandoned(interrupted);
  }

  private static Outcome run(Invocation function, Delivery delivery, Loan loan) {
    try {
      loan.begin(Thread.currentThread());
      delivery.started(loan);
      return function.invoke(delivery, loan);
    } catch (RuntimeException | Error e) {
      // Behind the catch-all of the user call: even an exception that can't be told, because its
      // own getMessage throws, must be settled.
      LOG.log(
          Level.ERROR,
          "An invocation of function ''{0}'' failed outside its code: {1}",
          delivery.function(),
          e.getClass().getName());
      return new Outcome.Failed(e);
    }
  }

  private static void settle(Delivery delivery, Outcome outcome) {
    try {
      delivery.settle(outcome);
    } catch (IOException | RuntimeException e) {
      // One of the three catch-alls: an event that can't be settled comes again, and we say so.
      LOG.log(
          Level.WARNING,
          "An event of function ''{0}'' could not be settled and may run again: {1}",
          delivery.function(),
          Causes.inOneLine(e));
      LOG.log(Level.DEBUG, "Cause", e);
    }
  }

  /** Events that are being invoked or settled. */
  public int runningCount() {
    return running.size();
  }

  /** Interrupts what still runs; its events are given back without a verdict. */
  void abandonAll() {
    abandoning = true;
    running.forEach(loan -> loan.interrupt("The host stopped before the function ended"));
  }
}
