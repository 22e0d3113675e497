package dev.roost.spi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Supplier;

/** What the host lends its bindings. Lives as long as the host; safe for use by many threads. */
public interface HostServices {

  /** The id under which the hosts of one app share state: at most 32 characters, lower case. */
  String hostId();

  /** Names this host process among the replicas. */
  String instanceId();

  /** True in Development: shorter polls and leases. */
  boolean development();

  /** Where the host is in its life. */
  HostState state();

  /** Waits until the host is RUNNING, DRAINING, STOPPED or in ERROR; gives the state then. */
  HostState awaitStarted(Duration limit) throws InterruptedException;

  /** The app's settings. */
  Settings settings();

  /** {@code extensions.<name>} of host.json with environment overrides; empty when absent. */
  ObjectNode extension(String name);

  /** Our own settings of a kind of binding, {@code roost.<name>} of host.json. */
  default ObjectNode roost(String name) {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Our own settings of one function, {@code roost.functions.<name>} of host.json. */
  ObjectNode functionSettings(String function);

  /**
   * Where a value of host.json comes from, for people: {@code extensions.queues.batchSize in
   * host.json}, or the setting that is laid over it.
   *
   * @param path from the root, with points, in any case
   */
  default String origin(String path) {
    return path + " in host.json";
  }

  /** Who decides how many events run at once. */
  default Concurrency concurrency() {
    return Concurrency.STATIC;
  }

  /** The time. */
  HostClock clock();

  /** Waiting. */
  Waiter waiter();

  /** Documents shared with the other hosts. */
  StateStore stateStore();

  /** One host of many. */
  Singletons singletons();

  /** Where events are counted. */
  Meters meters();

  /** Who may call what over HTTP. */
  Access access();

  /**
   * Something that several providers of a module share in this host, such as the clients of its
   * connections: made once by the first who asks, closed by the host after every provider.
   *
   * @param type identifies it, so it is a type of the asking module
   * @param first makes it; must not do I/O
   */
  <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> first);
}
