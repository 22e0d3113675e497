package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.config.NamespaceConfig;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.time.Alarms;
import dev.roost.emulator.time.EmulatorClock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The entities by their addresses, which ignore case. */
public final class Namespace {
  private static final String DEAD = "/$deadletterqueue";
  private static final String TRANSFER = "/$transfer";
  private static final String SUBSCRIPTIONS = "/subscriptions/";

  private final BrokerServices services;
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private final Map<String, Topic> topics = new LinkedHashMap<>();

  /** Makes what {@code config} names. */
  public Namespace(
      NamespaceConfig config,
      EmulatorClock clock,
      Alarms alarms,
      Codec codec,
      boolean releaseOnDetach) {
    services = new BrokerServices(clock, alarms, codec, this::destination, releaseOnDetach);
    config.queues().forEach(this::create);
    config.topics().forEach(this::create);
  }

  /** Adds a queue, unless the name is taken. */
  public void create(QueueConfig config) {
    String key = key(config.name());
    if (!topics.containsKey(key)) {
      queues.computeIfAbsent(key, _ -> Queue.of(config.name(), config, services));
    }
  }

  /** Adds a topic, or what subscriptions it lacks, unless a queue has the name. */
  public void create(TopicConfig config) {
    String key = key(config.name());
    if (!queues.containsKey(key)) {
      Topic topic = topics.computeIfAbsent(key, _ -> new Topic(config, services));
      config.subscriptions().forEach(topic::subscribe);
    }
  }

  /** Where messages to this address go. */
  public Optional<Destination> destination(String address) {
    String key = key(address);
    Queue queue = queues.get(key);
    return queue != null ? Optional.of(queue) : Optional.ofNullable(topics.get(key));
  }

  /** What is received at this address: a queue, a subscription, or a dead-letter queue of one. */
  public Optional<Queue> source(String address) {
    String key = key(address);
    if (key.endsWith(TRANSFER + DEAD)) {
      return primary(cut(key, TRANSFER + DEAD)).flatMap(Queue::transferDeadLetters);
    }
    if (key.endsWith(DEAD)) {
      return primary(cut(key, DEAD)).flatMap(Queue::deadLetters);
    }
    return primary(key);
  }

  /** The subscription of this address. */
  public Optional<Subscription> subscription(String address) {
    String key = key(address);
    int at = key.indexOf(SUBSCRIPTIONS);
    return at < 0
        ? Optional.empty()
        : Optional.ofNullable(topics.get(key.substring(0, at)))
            .flatMap(topic -> topic.subscription(key.substring(at + SUBSCRIPTIONS.length())));
  }

  /** Every queue and every subscription's queue, without the dead-letter queues. */
  public Stream<Queue> queues() {
    return Stream.concat(
        queues.values().stream(),
        topics.values().stream()
            .flatMap(topic -> topic.subscriptions().stream())
            .map(Subscription::queue));
  }

  private Optional<Queue> primary(String key) {
    return Optional.ofNullable(queues.get(key))
        .or(() -> subscription(key).map(Subscription::queue));
  }

  private static String cut(String key, String end) {
    return key.substring(0, key.length() - end.length());
  }

  /** An address may be a whole URI, as {@code amqps://host/orders}. */
  private static String key(String address) {
    String path = address;
    int scheme = path.indexOf("://");
    if (scheme >= 0) {
      int slash = path.indexOf('/', scheme + 3);
      path = slash < 0 ? "" : path.substring(slash);
    }
    while (path.startsWith("/")) {
      path = path.substring(1);
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.toLowerCase(Locale.ROOT);
  }
}
