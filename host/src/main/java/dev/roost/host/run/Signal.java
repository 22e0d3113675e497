package dev.roost.host.run;

import dev.roost.spi.Waiter;
import java.time.Duration;

/** Ends a pause early. A signal raised while nobody pauses ends the next pause at once. */
final class Signal {
  private boolean raised;

  /** Ends the current pause, or the next. */
  synchronized void raise() {
    raised = true;
    notifyAll();
  }

  /** Pauses the calling thread until the signal is raised or the time is over. */
  void pause(Duration limit, Waiter waiter) throws InterruptedException {
    Waiter.Pending end = waiter.after(limit, this::raise);
    try {
      synchronized (this) {
        while (!raised) {
          wait();
        }
        raised = false;
      }
    } finally {
      end.cancel();
    }
  }
}
