package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.Health;
import dev.roost.spi.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Whether the service can be reached. A link does not tell: the SDK connects again for as long as
 * it takes, and an idle queue looks like one that is out of reach. So one message is peeked now and
 * then. Safe for use by many threads.
 */
final class Pulse {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** How soon an answer is due. A late one is waited for: it tells that the service is back. */
  private static final Duration DUE = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Listening listening;
  private final Waiter waiter;
  private @Nullable ServiceBusReceiverAsyncClient client;
  private Waiter.@Nullable Pending next;
  private @Nullable Disposable question;
  private Health health = Health.UP;

  Pulse(Listening listening) {
    this.listening = listening;
    this.waiter = listening.host().waiter();
  }

  synchronized Health health() {
    return health;
  }

  /** Begins to ask; what was known of the service is forgotten. */
  synchronized void start() {
    stop();
    health = Health.UP;
    client = listening.namespace().receiver(listening.path(), 0);
    next = waiter.after(PAUSE, this::ask);
  }

  synchronized void stop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    if (question != null) {
      question.dispose();
      question = null;
    }
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private synchronized void ask() {
    ServiceBusReceiverAsyncClient receiver = client;
    if (receiver == null) {
      return;
    }
    next = waiter.after(DUE, this::late);
    question =
        receiver
            .peekMessage()
            .hasElement()
            .timeout(LONGEST)
            .subscribe(_ -> answered(receiver), cause -> failed(receiver, cause));
  }

  private synchronized void late() {
    if (client != null) {
      degraded("no answer for " + DUE.toSeconds() + " s");
    }
  }

  private synchronized void answered(ServiceBusReceiverAsyncClient asked) {
    if (asked.equals(client)) {
      if (health.state() != Health.State.UP) {
        health = Health.UP;
        LOG.log(Level.INFO, "''{0}'' can be reached again", listening.path());
      }
      askAgain();
    }
  }

  private synchronized void failed(ServiceBusReceiverAsyncClient asked, Throwable cause) {
    if (asked.equals(client)) {
      degraded(String.valueOf(ServiceBusFault.of("peek", cause).getMessage()));
      askAgain();
    }
  }

  private void degraded(String why) {
    if (health.state() == Health.State.UP) {
      LOG.log(
          Level.WARNING,
          "''{0}'' can''t be reached for function ''{1}''; the connection is tried again by itself:"
              + " {2}",
          listening.path(),
          listening.function(),
          why);
    }
    health = Health.degraded("'" + listening.path() + "' can't be reached: " + why);
  }

  private void askAgain() {
    if (next != null) {
      next.cancel();
    }
    next = waiter.after(PAUSE, this::ask);
  }
}
