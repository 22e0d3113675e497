package dev.roost.servicebus.trigger;

import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A failed message that is to come again after a pause, in a place to which it can't be sent anew:
 * a subscription would share the copy with its siblings, a session would lose its order. It stays
 * locked until then.
 */
final class HeldMessage {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");

  private final LockedMessage message;
  private final Consumer<HeldMessage> released;
  private Waiter.@Nullable Pending renewal;
  private Waiter.@Nullable Pending end;
  private boolean over;

  /**
   * @param released told once, when the message was given back
   */
  HeldMessage(LockedMessage message, Consumer<HeldMessage> released) {
    this.message = message;
    this.released = released;
  }

  /** Begins the pause. */
  synchronized void keep(Duration pause) {
    if (!over) {
      end = message.host().waiter().after(pause, this::release);
      schedule();
    }
  }

  private synchronized void schedule() {
    if (!over && !message.ofSession()) {
      renewal = message.host().waiter().after(message.renewEvery(), this::renew);
    }
  }

  private void renew() {
    message
        .renewal()
        .subscribe(
            ours -> {
              if (ours) {
                schedule();
              }
            },
            e -> {
              LOG.log(Level.DEBUG, "A message that waits was not renewed: {0}", e.getMessage());
              schedule();
            });
  }

  /** Ends the pause: the message comes again at once. */
  void release() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      if (renewal != null) {
        renewal.cancel();
      }
      if (end != null) {
        end.cancel();
      }
    }
    message
        .abandon()
        .doFinally(_ -> released.accept(this))
        .subscribe(
            _ -> {},
            e -> LOG.log(Level.DEBUG, "A message comes when its lock ends: {0}", e.getMessage()));
  }
}
