package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.HostServices;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * One receiving link, of a queue, a subscription or a session. It asks the service for exactly as
 * many messages as are demanded and keeps what arrived until it is taken. The link must outlive its
 * messages: closing it gives back every message that is not settled, those of running functions
 * too. So {@link #stop} demands nothing more, and the link ends when its last message is settled.
 * Safe for use by many threads.
 */
final class Reception {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");
  private static final Duration GIVING_BACK = Duration.ofSeconds(5);
  private static final int CALLS_AT_ONCE = 32;

  private final String place;
  private final ServiceBusReceiverAsyncClient receiver;
  private final HostServices host;
  private final boolean session;
  private final Runnable changed;
  private final Arrivals arrivals = new Arrivals();
  private final Deque<LockedMessage> waiting = new ArrayDeque<>();
  private final Set<HeldMessage> held = new HashSet<>();
  private int outstanding;
  private int inFlight;
  private boolean renewing;
  private boolean looking;
  private boolean stopping;
  private boolean ended;
  private long lastChange;
  private long waitsSince;
  private @Nullable Throwable failure;

  /**
   * @param place for people
   * @param receiver closed when this ends
   * @param session true when the lock is the session's and the caller renews it
   * @param changed told on any thread when a message arrived, the link broke or ended
   */
  Reception(
      String place,
      ServiceBusReceiverAsyncClient receiver,
      HostServices host,
      boolean session,
      Runnable changed) {
    this.place = place;
    this.receiver = receiver;
    this.host = host;
    this.session = session;
    this.changed = changed;
    this.lastChange = host.clock().nanoTime();
  }

  /** Opens the link; nothing is received before {@link #demand}. */
  Reception open() {
    receiver.receiveMessages().subscribe(arrivals);
    return this;
  }

  ServiceBusReceiverAsyncClient receiver() {
    return receiver;
  }

  HostServices host() {
    return host;
  }

  boolean session() {
    return session;
  }

  /**
   * Asks for so many that this many are waiting or on their way: by pages, for each request is a
   * frame to the service. While any are on their way up to a quarter of what may run is not asked
   * for; their arrival is the next occasion.
   */
  void demand(int messages) {
    int more;
    synchronized (this) {
      // What is held must be the first of its session that comes again.
      more =
          stopping || failure != null || (session && !held.isEmpty())
              ? 0
              : messages - outstanding - waiting.size();
      if (outstanding > 0 && more < (messages + inFlight) / 4) {
        more = 0;
      }
      if (more > 0) {
        outstanding += more;
      }
    }
    if (more > 0) {
      arrivals.request(more);
    }
  }

  /** Takes out at most so many that arrived; each is in flight until {@link #settled}. */
  synchronized List<LockedMessage> take(int most) {
    List<LockedMessage> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty() && !stopping) {
      taken.add(waiting.remove());
    }
    inFlight += taken.size();
    return taken;
  }

  /** How many arrived and were not taken. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Tells of a change after a pause, once for however many ask meanwhile. */
  void lookAgainAfter(Duration pause) {
    synchronized (this) {
      if (looking || ended) {
        return;
      }
      looking = true;
    }
    host.waiter()
        .after(
            pause,
            () -> {
              synchronized (this) {
                looking = false;
              }
              changed.run();
            });
  }

  /** When the first of those that wait arrived, on the monotonic clock. */
  synchronized long waitsSince() {
    return waitsSince;
  }

  /** How many were taken and are not settled. */
  synchronized int inFlight() {
    return inFlight;
  }

  /** True while a message waits here for its next try. */
  synchronized boolean holds() {
    return !held.isEmpty();
  }

  /** When something arrived or was settled last, on the monotonic clock. */
  synchronized long lastChange() {
    return lastChange;
  }

  /** Why nothing more arrives; null while all is well. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Says that messages which were taken are settled, whatever became of them. */
  void settled(int messages) {
    boolean last;
    synchronized (this) {
      inFlight -= messages;
      lastChange = host.clock().nanoTime();
      last = stopping && inFlight == 0;
    }
    if (last) {
      end();
    }
  }

  /** Keeps a message that is in flight for a while, and gives it back then. */
  void hold(LockedMessage message, Duration pause) {
    HeldMessage kept = new HeldMessage(message, this::released);
    synchronized (this) {
      inFlight++;
      held.add(kept);
    }
    kept.keep(pause);
    if (isStopping()) {
      kept.release();
    }
  }

  private void released(HeldMessage message) {
    synchronized (this) {
      held.remove(message);
    }
    settled(1);
    changed.run();
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Demands nothing more; ends the link once everything that was taken is settled. */
  void stop() {
    boolean idle;
    List<HeldMessage> toRelease;
    synchronized (this) {
      idle = !stopping && inFlight == 0;
      stopping = true;
      toRelease = List.copyOf(held);
    }
    toRelease.forEach(HeldMessage::release);
    if (idle) {
      end();
    }
  }

  /** Gives back what arrived and was never taken, and closes the link. */
  void end() {
    List<LockedMessage> rest;
    synchronized (this) {
      if (ended) {
        return;
      }
      stopping = true;
      ended = true;
      rest = List.copyOf(waiting);
      waiting.clear();
    }
    try {
      ServiceBusFault.call(
          "give back messages of " + place,
          Flux.fromIterable(rest)
              .flatMapDelayError(LockedMessage::abandon, CALLS_AT_ONCE, 1)
              .then(),
          GIVING_BACK);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Messages come again when their lock ends: {0}", e.getMessage());
    }
    arrivals.cancel();
    receiver.close();
    changed.run();
  }

  private void arrived(ServiceBusReceivedMessage message) {
    LockedMessage locked = new LockedMessage(this, message);
    boolean first;
    synchronized (this) {
      // The SDK may have had more demand than we counted, after a new connection.
      outstanding = Math.max(0, outstanding - 1);
      first = waiting.isEmpty();
      waiting.add(locked);
      lastChange = host.clock().nanoTime();
      if (first) {
        waitsSince = lastChange;
      }
      if (!renewing && !session) {
        renewing = true;
        host.waiter().after(locked.renewEvery(), this::renewWaiting);
      }
    }
    changed.run();
  }

  /** Whoever waits longer than half a lock is renewed: it must not run on a lock that is over. */
  private void renewWaiting() {
    List<LockedMessage> all;
    synchronized (this) {
      renewing = false;
      if (waiting.isEmpty() || ended) {
        return;
      }
      renewing = true;
      all = List.copyOf(waiting);
    }
    List<LockedMessage> lost = new ArrayList<>();
    Flux.fromIterable(all)
        .flatMap(
            message ->
                message
                    .renewal()
                    .doOnNext(ours -> {
                      if (!ours) {
                        synchronized (lost) {
                          lost.add(message);
                        }
                      }
                    })
                    .onErrorComplete(),
            CALLS_AT_ONCE)
        .then()
        .onErrorComplete()
        .subscribe(
            null,
            null,
            () -> {
              synchronized (this) {
                waiting.removeAll(lost);
                renewing = !waiting.isEmpty();
                if (renewing) {
                  host.waiter().after(waiting.getFirst().renewEvery(), this::renewWaiting);
                }
              }
            });
  }

  private void broke(Throwable cause) {
    synchronized (this) {
      failure = cause;
    }
    changed.run();
  }

  /** Requests nothing by itself. */
  private final class Arrivals extends BaseSubscriber<ServiceBusReceivedMessage> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(ServiceBusReceivedMessage message) {
      arrived(message);
    }

    @Override
    protected void hookOnError(Throwable cause) {
      broke(cause);
    }

    @Override
    protected void hookOnComplete() {
      broke(new IOException("the service closed the link"));
    }
  }
}
