package dev.roost.host.singleton;

import dev.roost.host.lease.Turn;
import dev.roost.host.lease.Turns;
import dev.roost.host.run.Invocation;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.Running;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Calls one function when it is its turn: waits for the lock, calls, gives the lock back. */
public final class SingletonCalls implements Invocation {
  private static final Logger LOG = System.getLogger("Host.Singleton");

  private final SingletonRule rule;
  private final HostServices host;
  private final Turns turns;
  private final Invocation call;

  private SingletonCalls(SingletonRule rule, HostServices host, Turns turns, Invocation call) {
    this.rule = rule;
    this.host = host;
    this.turns = turns;
    this.call = call;
  }

  /**
   * The calls of a function, one at a time if it wants that.
   *
   * @throws BindingException when what it says of it makes no sense
   */
  public static Invocation of(
      FunctionDefinition function, HostServices host, Turns turns, Invocation call)
      throws BindingException {
    Optional<SingletonRule> rule = SingletonRule.read(function, host);
    return rule.isEmpty() ? call : new SingletonCalls(rule.get(), host, turns, call);
  }

  @Override
  public Outcome invoke(Delivery delivery, Running running) {
    String lock;
    try {
      lock = rule.lock(delivery.data(), host);
    } catch (IOException e) {
      LOG.log(
          Level.ERROR,
          "Function ''{0}'' was not called: its singleton {1}",
          delivery.function(),
          e.getMessage());
      return new Outcome.Failed(e, true, Optional.empty());
    }
    try {
      Turns.Answer answer =
          turns.take(
              lock,
              rule.waitLimit(),
              why -> running.interrupt("The lock " + lock + " was lost: " + why));
      if (answer.turn().isEmpty()) {
        return notCalled(delivery, answer.why());
      }
      try (Turn _ = answer.turn().get()) {
        return running.interrupted()
            ? new Outcome.Abandoned("Interrupted before the call")
            : call.invoke(delivery, running);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Abandoned("Interrupted while it waited for the lock " + lock);
    }
  }

  private static Outcome notCalled(Delivery delivery, String why) {
    LOG.log(
        Level.WARNING,
        "Function ''{0}'' was not called, and its event is given back: {1}",
        delivery.function(),
        why);
    return new Outcome.Abandoned(why);
  }
}
