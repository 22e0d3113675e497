package dev.roost.emulator.broker;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;

/** Messages as receivers see them: with what the broker knows of them in the annotations. */
final class Rendering {
  private static final Symbol NUMBER = Symbol.valueOf("x-opt-sequence-number");
  private static final Symbol ENQUEUED = Symbol.valueOf("x-opt-enqueued-time");
  private static final Symbol ENQUEUED_AS = Symbol.valueOf("x-opt-enqueue-sequence-number");
  private static final Symbol LOCKED_UNTIL = Symbol.valueOf("x-opt-locked-until");
  private static final Symbol STATE = Symbol.valueOf("x-opt-message-state");
  private static final Symbol DEAD_LETTERED_BY = Symbol.valueOf("x-opt-deadletter-source");

  private final BrokerServices services;

  Rendering(BrokerServices services) {
    this.services = services;
  }

  byte[] encode(Entry entry) {
    Map<Symbol, Object> annotations = new LinkedHashMap<>(entry.message().annotations());
    annotations.put(NUMBER, entry.number());
    annotations.put(ENQUEUED, told(entry.enqueued()));
    entry.arrival().enqueuedAs().ifPresent(number -> annotations.put(ENQUEUED_AS, number));
    entry.arrival().deadLetteredBy().ifPresent(path -> annotations.put(DEAD_LETTERED_BY, path));
    annotations.put(STATE, entry.state().code());
    Loan loan = entry.loan();
    if (loan != null) {
      annotations.put(LOCKED_UNTIL, told(loan.until()));
    }
    return services.codec().encode(entry.message(), entry.deliveryCount(), annotations);
  }

  private Date told(Instant instant) {
    return Date.from(services.clock().told(instant));
  }
}
