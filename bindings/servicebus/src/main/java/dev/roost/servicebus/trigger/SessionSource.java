package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverAsyncClient;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Backlog;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Health;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one queue or subscription for one function: many at once, each in its own order.
 * A session is held while it has messages, and {@code sessionIdleTimeout} longer; then the next one
 * gets its turn.
 */
final class SessionSource implements Source.Pull {
  private final Listening listening;
  private final Deliveries deliveries;
  private final boolean batches;
  private final boolean bounded;
  private final Volume volume;
  private final Pulse pulse;
  private final Set<SessionLane> lanes = new HashSet<>();

  /** Those in which something happened since they were looked at. */
  private final SequencedSet<SessionLane> ready = new LinkedHashSet<>();

  private Runnable wake = () -> {};
  private int accepting;
  private boolean stopped = true;
  private @Nullable Throwable failure;
  private @Nullable ServiceBusSessionReceiverAsyncClient client;

  /**
   * @param bounded true when {@code maxConcurrentSessions} is the most, false when the limit may
   *     move beyond it
   */
  SessionSource(Listening listening, boolean batches, boolean bounded) {
    this.listening = listening;
    this.batches = batches;
    this.bounded = bounded;
    this.deliveries =
        batches ? new Deliveries.Batches(listening) : new Deliveries.Single(listening);
    this.volume = new Volume(listening);
    this.pulse = new Pulse(listening);
  }

  @Override
  public Health health() {
    return pulse.health();
  }

  /** One batch of a session at a time. */
  private int perSession() {
    return batches ? 1 : listening.options().callsPerSession();
  }

  @Override
  public int concurrency() {
    return listening.options().sessions() * perSession();
  }

  @Override
  public OptionalInt ceiling() {
    return bounded ? OptionalInt.of(concurrency()) : OptionalInt.empty();
  }

  @Override
  public synchronized Map<String, String> details() {
    return Map.of(
        "entity", listening.path().toString(), "sessions", Integer.toString(lanes.size()));
  }

  @Override
  public List<Backlog> backlog() throws IOException {
    return volume.read();
  }

  @Override
  public OptionalLong unsettled() throws IOException {
    return volume.unsettled();
  }

  @Override
  public Demand demand() {
    return new Demand(1, Integer.MAX_VALUE);
  }

  @Override
  public synchronized void start(Runnable newWake) {
    wake = newWake;
    stopped = false;
    client = listening.namespace().sessions(listening.path(), listening.options().prefetch());
    pulse.start();
  }

  /** However many sessions are held, it costs as much as those in which something happened. */
  @Override
  public List<Delivery> poll(int permits) throws IOException {
    checkAccepted();
    List<Delivery> taken = new ArrayList<>();
    for (SessionLane lane = next(); lane != null; lane = next()) {
      taken.addAll(lane.take(permits - taken.size()));
      if (taken.size() >= permits) {
        // It may have more, but the others come first.
        look(lane);
        break;
      }
    }
    acceptMore(taken.size() < permits);
    return taken;
  }

  private synchronized @Nullable SessionLane next() {
    return ready.isEmpty() ? null : ready.removeFirst();
  }

  /** The next poll looks at it, unless it has ended. */
  private synchronized void look(SessionLane lane) {
    if (lane.ended()) {
      lanes.remove(lane);
      ready.remove(lane);
    } else if (lanes.contains(lane)) {
      ready.add(lane);
    }
  }

  private synchronized void checkAccepted() throws IOException {
    Throwable cause = failure;
    failure = null;
    if (cause != null) {
      throw ServiceBusFault.of("accept a session of '" + listening.path() + "'", cause);
    }
  }

  /**
   * Sessions up to the setting; beyond it one at a time, while the limit allows more than those
   * that are held have to do. Those that have nothing to do are given up as all others.
   */
  private void acceptMore(boolean room) {
    ServiceBusSessionReceiverAsyncClient acceptor;
    int more;
    synchronized (this) {
      acceptor = client;
      more = stopped ? 0 : listening.options().sessions() - lanes.size() - accepting;
      if (more <= 0 && !stopped && !bounded && room && accepting == 0) {
        more = lanes.stream().allMatch(SessionLane::busy) ? 1 : 0;
      }
      accepting += Math.max(0, more);
    }
    for (int i = 0; acceptor != null && i < more; i++) {
      // Never cancelled: a session that comes after the end must be closed, or it stays locked.
      acceptor.acceptNextSession().subscribe(this::accepted, this::refused);
    }
  }

  private void accepted(ServiceBusReceiverAsyncClient receiver) {
    SessionLane lane =
        new SessionLane(listening, receiver, deliveries, perSession(), this::changed);
    // Before anybody asks it for messages: a link that is not open forgets the demand.
    lane.open();
    boolean late;
    synchronized (this) {
      accepting--;
      late = stopped;
      if (!late && !lane.ended()) {
        lanes.add(lane);
        ready.add(lane);
      }
    }
    if (late) {
      listening.host().waiter().after(Duration.ZERO, lane::stop);
    } else {
      wake.run();
    }
  }

  private void refused(Throwable cause) {
    synchronized (this) {
      accepting--;
      if (!stopped) {
        failure = cause;
      }
    }
    wake.run();
  }

  private void changed(SessionLane lane) {
    look(lane);
    wake.run();
  }

  @Override
  public Duration maxIdle() {
    return MessageSource.MAX_IDLE;
  }

  @Override
  public void stop() {
    pulse.stop();
    List<SessionLane> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(lanes);
    }
    all.forEach(SessionLane::stop);
    synchronized (this) {
      lanes.clear();
      ready.clear();
      if (client != null && accepting == 0) {
        client.close();
        client = null;
      }
    }
  }

  @Override
  public Delivery manual(String function, Payload input) {
    return MessageSource.manual(listening, batches, function, input);
  }
}
