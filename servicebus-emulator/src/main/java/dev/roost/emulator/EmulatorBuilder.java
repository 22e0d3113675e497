package dev.roost.emulator;

import dev.roost.emulator.broker.Namespace;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.config.NamespaceConfig;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.engine.AmqpServer;
import dev.roost.emulator.time.Alarms;
import dev.roost.emulator.time.EmulatorClock;
import dev.roost.emulator.time.SystemTime;
import dev.roost.spi.HostClock;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Collects what an emulator has, and starts it. Each method changes the builder and returns it. */
public final class EmulatorBuilder {
  private NamespaceConfig config = NamespaceConfig.EMPTY;
  private HostClock clock = new SystemTime();
  private int port;
  private int maxMessageSize = 256 * 1024;
  private boolean releaseLocksOnDetach;

  EmulatorBuilder() {}

  /** Adds a queue with defaults. */
  public EmulatorBuilder queue(String name) {
    return queue(QueueConfig.queue(name));
  }

  /** Adds a queue. */
  public EmulatorBuilder queue(QueueConfig queue) {
    config = config.with(queue);
    return this;
  }

  /** Adds a topic whose subscriptions take every message. */
  public EmulatorBuilder topic(String name, String... subscriptions) {
    return topic(TopicConfig.topic(name, subscriptions));
  }

  /** Adds a topic. */
  public EmulatorBuilder topic(TopicConfig topic) {
    config = config.with(topic);
    return this;
  }

  /** Adds every entity of {@code entities}. */
  public EmulatorBuilder entities(NamespaceConfig entities) {
    config = config.with(entities);
    return this;
  }

  /** Listens on this port; any free one when it is 0, as it is unless told. */
  public EmulatorBuilder port(int number) {
    port = number;
    return this;
  }

  /** The clock that it keeps; the machine's unless told. */
  public EmulatorBuilder clock(HostClock hostClock) {
    clock = hostClock;
    return this;
  }

  /** The largest message in bytes; 256 KiB unless told, as on Azure's standard tier. */
  public EmulatorBuilder maxMessageSize(int bytes) {
    maxMessageSize = bytes;
    return this;
  }

  /**
   * Gives back the locked messages of a receiver when its link ends. On Azure, and here unless
   * told, they stay locked until their time is over.
   */
  public EmulatorBuilder releaseLocksOnDetach() {
    releaseLocksOnDetach = true;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws UncheckedIOException when the port is taken
   */
  public ServiceBusEmulator start() {
    EmulatorClock time = new EmulatorClock(clock);
    Alarms alarms = new Alarms(time);
    Codec codec = new Codec();
    Namespace namespace = new Namespace(config, time, alarms, codec, releaseLocksOnDetach);
    try {
      AmqpServer server = AmqpServer.start(time, alarms, namespace, codec, port, maxMessageSize);
      return new ServiceBusEmulator(alarms, namespace, server);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the emulator cannot listen on 127.0.0.1:" + port + ": choose another port", e);
    }
  }
}
