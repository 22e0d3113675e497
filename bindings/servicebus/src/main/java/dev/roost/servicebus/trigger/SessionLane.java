package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostServices;
import dev.roost.spi.Running;
import dev.roost.spi.SessionDocument;
import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session that is ours: its messages in order, its lock, its state. The lock is renewed as long
 * as the session is held, but not beyond {@code maxAutoLockRenewalDuration} of one call.
 */
final class SessionLane implements Holding {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");

  /** How soon the length of the lock is asked for: the service allows five seconds at the least. */
  private static final Duration FIRST_RENEWAL = Duration.ofSeconds(2);

  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration SHORTEST_WATCH = Duration.ofMillis(20);

  private final Listening listening;
  private final HostServices host;
  private final Deliveries deliveries;
  private final int atOnce;
  private final Consumer<SessionLane> changed;
  private final Reception reception;
  private final ServiceBusReceiverAsyncClient receiver;
  private final Set<Running> running = new HashSet<>();
  private int calls;
  private @Nullable Renewal allowed;
  private Waiter.@Nullable Pending renewal;
  private boolean over;

  SessionLane(
      Listening listening,
      ServiceBusReceiverAsyncClient receiver,
      Deliveries deliveries,
      int atOnce,
      Consumer<SessionLane> changed) {
    this.listening = listening;
    this.changed = changed;
    this.host = listening.host();
    this.deliveries = deliveries;
    this.atOnce = atOnce;
    this.receiver = receiver;
    this.reception = new Reception(listening.path().toString(), receiver, host, true, this::look);
  }

  void open() {
    reception.open();
    schedule(FIRST_RENEWAL);
    watchIdle(listening.options().sessionIdle());
  }

  /** Takes what arrived, and asks for as much as may run beside it. */
  List<Delivery> take(int most) {
    int room;
    synchronized (this) {
      room = atOnce - calls;
    }
    if (room <= 0 || reception.holds()) {
      return List.of();
    }
    reception.demand(deliveries.messages(room));
    List<Delivery> taken = deliveries.take(reception, Math.min(room, most), this);
    synchronized (this) {
      calls += taken.size();
      if (!taken.isEmpty()) {
        allowed = new Renewal(listening);
      }
    }
    return taken;
  }

  boolean ended() {
    return reception.ended();
  }

  /** True when as many of its messages run as may. */
  synchronized boolean busy() {
    return calls >= atOnce;
  }

  void stop() {
    reception.stop();
  }

  /** A broken link ends the session. */
  private void look() {
    if (reception.failure() != null) {
      lost("its link broke");
      reception.stop();
    }
    if (reception.ended()) {
      synchronized (this) {
        over = true;
        if (renewal != null) {
          renewal.cancel();
        }
      }
    }
    changed.accept(this);
  }

  @Override
  public Optional<SessionDocument> state(String sessionId) {
    return Optional.of(new StoredSession(receiver, sessionId, listening.path().toString()));
  }

  @Override
  public synchronized void started(Running call) {
    running.add(call);
  }

  @Override
  public void settled() {
    synchronized (this) {
      calls--;
      if (calls == 0) {
        running.clear();
        allowed = null;
      }
    }
    // The next one at once: the slot of the last is free a moment later.
    reception.demand(deliveries.messages(atOnce));
    if (reception.waiting() > 0) {
      changed.accept(this);
    }
  }

  /** Gives the session up when it had nothing to do for long enough. */
  private void watchIdle(Duration pause) {
    host.waiter().after(pause, this::giveUpWhenIdle);
  }

  /** One watch at a time: a busy session doesn't set one for each message. */
  private void giveUpWhenIdle() {
    if (reception.ended()) {
      return;
    }
    Duration limit = listening.options().sessionIdle();
    Duration left = limit.minusNanos(host.clock().nanoTime() - reception.lastChange());
    boolean busy = reception.inFlight() > 0 || reception.waiting() > 0;
    if (!busy && !left.isPositive()) {
      reception.stop();
      return;
    }
    Duration pause = busy ? limit : left;
    watchIdle(pause.compareTo(SHORTEST_WATCH) < 0 ? SHORTEST_WATCH : pause);
  }

  private synchronized void schedule(Duration pause) {
    if (!over) {
      renewal = host.waiter().after(pause, this::renew);
    }
  }

  private void renew() {
    synchronized (this) {
      if (over || (allowed != null && allowed.next(Duration.ZERO).isEmpty())) {
        return;
      }
    }
    receiver.renewSessionLock().subscribe(this::renewed, this::notRenewed);
  }

  private void renewed(OffsetDateTime until) {
    Duration half = Duration.between(host.clock().now(), until.toInstant()).dividedBy(2);
    schedule(half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
  }

  private void notRenewed(Throwable cause) {
    if (cause instanceof ServiceBusException known
        && known.getReason().equals(ServiceBusFailureReason.SESSION_LOCK_LOST)) {
      lost("its lock was lost");
      reception.stop();
      return;
    }
    LOG.log(Level.DEBUG, "A session of ''{0}'' was not renewed", listening.path());
    schedule(FIRST_RENEWAL);
  }

  /** Another host may have the session by now: going on would break its order. */
  private void lost(String why) {
    List<Running> calling;
    synchronized (this) {
      over = true;
      calling = List.copyOf(running);
    }
    calling.forEach(call -> call.interrupt("The session was lost: " + why));
  }
}
