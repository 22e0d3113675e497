package dev.roost.emulator;

import dev.roost.emulator.broker.Counts;
import dev.roost.emulator.broker.Namespace;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.engine.AmqpServer;
import dev.roost.emulator.engine.Faults;
import dev.roost.emulator.time.Alarms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A Service Bus namespace in memory, listening on a port of the loopback address. All methods may
 * be called from any thread; closing it drops every connection and every message.
 *
 * <pre>{@code
 * try (ServiceBusEmulator emulator =
 *     ServiceBusEmulator.builder().queue("orders").topic("events", "audit").start()) {
 *   new ServiceBusClientBuilder().connectionString(emulator.connectionString())…
 * }
 * }</pre>
 */
public final class ServiceBusEmulator implements AutoCloseable {
  private final Alarms alarms;
  private final Namespace namespace;
  private final AmqpServer server;
  private final int port;

  ServiceBusEmulator(Alarms alarms, Namespace namespace, AmqpServer server) {
    this.alarms = alarms;
    this.namespace = namespace;
    this.server = server;
    port = server.port();
  }

  /** What an emulator is made of. */
  public static EmulatorBuilder builder() {
    return new EmulatorBuilder();
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What clients are given; any key is accepted. */
  public String connectionString() {
    return "Endpoint=sb://127.0.0.1:"
        + port
        + ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE"
        + ";UseDevelopmentEmulator=true;";
  }

  /** Adds a queue, unless there is one of this name. */
  public void create(QueueConfig queue) {
    server.on(() -> {
      namespace.create(queue);
      return true;
    });
  }

  /** Adds a topic, or the subscriptions that it lacks. */
  public void create(TopicConfig topic) {
    server.on(() -> {
      namespace.create(topic);
      return true;
    });
  }

  /**
   * How many messages there are.
   *
   * @param path a queue, a subscription as {@code events/subscriptions/audit}, or either with
   *     {@code /$deadletterqueue}
   */
  public Counts counts(String path) {
    return in(path, Queue::counts);
  }

  /** Removes every message of a queue or subscription, its dead letters too. */
  public void purge(String path) {
    in(
        path,
        queue -> {
          queue.purge();
          return true;
        });
  }

  /** Ends every lock of a queue or subscription, as if its time were over. */
  public void expireLocks(String path) {
    in(
        path,
        queue -> {
          queue.expireLocks();
          return true;
        });
  }

  /** What may go wrong on request: dropped connections, refused messages, and so on. */
  public Faults faults() {
    return server.faults();
  }

  /**
   * Lets time pass at once: locks and messages expire, scheduled messages are enqueued, those who
   * wait for a session give up, each in its order.
   */
  public void advance(Duration duration) {
    server.on(() -> {
      alarms.advance(duration);
      return true;
    });
  }

  /**
   * Waits until no queue or subscription has a message that waits or is locked. Scheduled, deferred
   * and dead messages do not count.
   *
   * @throws IllegalStateException when it does not come to that within {@code limit}; the message
   *     names the busy entities
   */
  public void awaitIdle(Duration limit) {
    CompletableFuture<Boolean> idle = new CompletableFuture<>();
    Runnable watcher =
        () -> {
          if (namespace.queues().allMatch(Queue::idle)) {
            idle.complete(true);
          }
        };
    server.watch(watcher);
    try {
      idle.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not idle within " + limit + ": " + busy(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } finally {
      server.unwatch(watcher);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private String busy() {
    return server.on(() ->
        namespace
            .queues()
            .filter(queue -> !queue.idle())
            .map(queue -> queue.path() + " " + queue.counts())
            .toList()
            .toString());
  }

  private <T> T in(String path, Function<Queue, T> work) {
    return server.on(() ->
        work.apply(
            namespace
                .source(path)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "the emulator has no queue or subscription '" + path + "'"))));
  }
}
