package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Refused;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Link;

/** Refusals in the terms of AMQP. */
final class Errors {
  private Errors() {}

  static ErrorCondition condition(Refused why) {
    return new ErrorCondition(Symbol.valueOf(why.condition()), why.description());
  }

  /** The outcome of a message that is not taken. */
  static Rejected rejected(Refused why) {
    Rejected rejected = new Rejected();
    rejected.setError(condition(why));
    return rejected;
  }

  /** Answers an attach with a detach that says why. */
  static void refuse(Link link, Refused why) {
    link.open();
    end(link, why);
  }

  /** Ends a link that was open. */
  static void end(Link link, Refused why) {
    link.setCondition(condition(why));
    link.close();
  }
}
