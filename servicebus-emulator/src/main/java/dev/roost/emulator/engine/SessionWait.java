package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Acceptor;
import dev.roost.emulator.broker.Consumer;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.broker.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.engine.Sender;

/**
 * A link whose attach is answered when a session is free: the answer names the session in the
 * filter and the end of its lock in the properties, in .NET ticks.
 */
final class SessionWait implements LinkHandler, Acceptor {
  /** The filter that asks for a session. */
  static final Symbol FILTER = Symbol.valueOf("com.microsoft:session-filter");

  private static final Symbol LOCKED_UNTIL = Symbol.valueOf("com.microsoft:locked-until-utc");

  /** From the year 1 to 1970, in ticks of 100 ns. */
  private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

  private final Peer peer;
  private final Sender link;
  private final Queue queue;
  private final UnaryOperator<Instant> told;

  SessionWait(Peer peer, Sender link, Queue queue, UnaryOperator<Instant> told) {
    this.peer = peer;
    this.link = link;
    this.queue = queue;
    this.told = told;
  }

  @Override
  public Consumer accept(Session session) {
    Source source = (Source) ((Source) link.getRemoteSource()).copy();
    source.setFilter(Map.of(FILTER, session.id()));
    Map<Symbol, Object> properties = new HashMap<>();
    if (link.getRemoteProperties() != null) {
      properties.putAll(link.getRemoteProperties());
    }
    properties.put(LOCKED_UNTIL, ticks(told.apply(session.lockedUntil())));
    link.setSource(source);
    link.setProperties(properties);
    link.open();
    Outlet outlet = new Outlet(peer, link, queue, session);
    link.setContext(outlet);
    peer.touch();
    return outlet;
  }

  @Override
  public void refuse(Refused why) {
    link.setSource(null);
    Errors.refuse(link, why);
    link.setContext(null);
    peer.touch();
  }

  @Override
  public void gone() {
    queue.cancel(this);
  }

  private static long ticks(Instant instant) {
    return EPOCH_TICKS + instant.getEpochSecond() * 10_000_000L + instant.getNano() / 100;
  }
}
