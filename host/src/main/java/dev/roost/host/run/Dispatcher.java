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

/**
 * Runs each delivery on a virtual thread of its own: invoke, settle, release. Renews the loan of
 * what runs, from platform threads. Safe for use by many threads.
 */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger("Host.Executor");

  private final Map<String, Invocation> functions;
  private final Waiter waiter;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoning;

  /**
   * @param functions what to call for a function's name; may grow until the host runs
   * @param waiter for renewals
   */
  public Dispatcher(Map<String, Invocation> functions, Waiter waiter) {
    this.functions = functions;
    this.waiter = waiter;
  }

  /**
   * Runs a delivery for which {@code gate} gave a permit; the permit is released after settling.
   */
  Running dispatch(Delivery delivery, Gate gate) {
    Running run = new Running(delivery, waiter);
    running.add(run);
    run.start(
        Thread.ofVirtual()
            .name("roost-invocation-" + delivery.function())
            .unstarted(() -> {
              try {
                settle(delivery, run, invoke(delivery));
              } finally {
                running.remove(run);
                gate.release(1);
              }
            }));
    return run;
  }

  private Outcome invoke(Delivery delivery) {
    Invocation function = functions.get(delivery.function());
    if (abandoning) {
      return new Outcome.Abandoned("The host is stopping");
    }
    if (function == null) {
      return new Outcome.Abandoned("This host does not run " + delivery.function());
    }
    Outcome outcome = function.invoke(delivery);
    return abandoning && outcome instanceof Outcome.Failed
        ? new Outcome.Abandoned("The host stopped before the function ended")
        : outcome;
  }

  private static void settle(Delivery delivery, Running run, Outcome outcome) {
    run.endRenewal();
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
    running.forEach(Running::interrupt);
  }
}
