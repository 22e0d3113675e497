package dev.roost.storage.queue;

import dev.roost.spi.HostServices;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes the listeners of a queue when this host itself adds a message to it, so that they need not
 * wait for their next poll. Source: SharedQueueWatcher of the WebJobs extensions.
 */
public final class Doorbell implements AutoCloseable {
  private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

  private Doorbell() {}

  /** The doorbell of this host. */
  public static Doorbell of(HostServices host) {
    return host.shared(Doorbell.class, Doorbell::new);
  }

  /** Wakes {@code wake} for every message added to the queue of this URL. */
  public void listen(String queueUrl, Runnable wake) {
    listeners.computeIfAbsent(queueUrl, _ -> new CopyOnWriteArrayList<>()).add(wake);
  }

  /** A message was added to the queue of this URL. */
  public void ring(String queueUrl) {
    listeners.getOrDefault(queueUrl, List.of()).forEach(Runnable::run);
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
