package dev.roost.emulator.junit;

import dev.roost.emulator.EmulatorBuilder;
import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.broker.Counts;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.engine.Faults;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Service Bus emulator for a test class (in a static field) or for each test (in an instance
 * field), on a port of its own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ServiceBusEmulatorExtension SERVICE_BUS =
 *     new ServiceBusEmulatorExtension().queue("orders").topic("events", "audit");
 * }</pre>
 */
public final class ServiceBusEmulatorExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private UnaryOperator<EmulatorBuilder> setup = UnaryOperator.identity();
  private @Nullable ServiceBusEmulator emulator;
  private boolean forClass;

  /** An emulator with nothing in it. */
  public ServiceBusEmulatorExtension() {}

  /** Adds a queue with defaults. */
  public ServiceBusEmulatorExtension queue(String name) {
    return with(builder -> builder.queue(name));
  }

  /** Adds a queue. */
  public ServiceBusEmulatorExtension queue(QueueConfig queue) {
    return with(builder -> builder.queue(queue));
  }

  /** Adds a topic whose subscriptions take every message. */
  public ServiceBusEmulatorExtension topic(String name, String... subscriptions) {
    return with(builder -> builder.topic(name, subscriptions));
  }

  /** Adds a topic. */
  public ServiceBusEmulatorExtension topic(TopicConfig topic) {
    return with(builder -> builder.topic(topic));
  }

  /** Anything else that the builder can do. */
  public ServiceBusEmulatorExtension with(UnaryOperator<EmulatorBuilder> more) {
    UnaryOperator<EmulatorBuilder> before = setup;
    setup = builder -> more.apply(before.apply(builder));
    return this;
  }

  /** What clients are given. */
  public String connectionString() {
    return emulator().connectionString();
  }

  /** The running emulator: counts, time, faults. */
  public ServiceBusEmulator emulator() {
    if (emulator == null) {
      throw new IllegalStateException(
          "the emulator runs only during tests: register the extension with @RegisterExtension");
    }
    return emulator;
  }

  /** As {@link ServiceBusEmulator#counts}. */
  public Counts counts(String path) {
    return emulator().counts(path);
  }

  /** As {@link ServiceBusEmulator#awaitIdle}, for at most 30 s. */
  public void awaitIdle() {
    emulator().awaitIdle(PATIENCE);
  }

  /** As {@link ServiceBusEmulator#advance}. */
  public void advance(Duration duration) {
    emulator().advance(duration);
  }

  /** As {@link ServiceBusEmulator#faults}. */
  public Faults faults() {
    return emulator().faults();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forClass = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!forClass) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!forClass) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
    forClass = false;
  }

  private void start() {
    emulator = setup.apply(ServiceBusEmulator.builder()).start();
  }

  private void stop() {
    if (emulator != null) {
      emulator.close();
      emulator = null;
    }
  }
}
