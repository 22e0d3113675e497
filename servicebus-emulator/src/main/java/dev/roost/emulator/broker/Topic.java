package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A topic: copies what it gets to its subscriptions. */
public final class Topic implements Destination {
  private final TopicConfig config;
  private final BrokerServices services;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final Schedule schedule;
  private final Duplicates duplicates;
  private long lastNumber;

  Topic(TopicConfig config, BrokerServices services) {
    this.config = config;
    this.services = services;
    schedule = new Schedule(services.alarms(), entry -> spread(entry.arrival()));
    duplicates = new Duplicates(config.duplicates(), services.clock());
    config.subscriptions().forEach(this::subscribe);
  }

  /** Adds a subscription, unless it is there. */
  void subscribe(SubscriptionConfig subscription) {
    QueueConfig queue = withTopicTimeToLive(subscription.queue());
    String path = config.name() + "/subscriptions/" + queue.name();
    subscriptions.computeIfAbsent(
        queue.name().toLowerCase(Locale.ROOT),
        _ -> new Subscription(Queue.of(path, queue, services), subscription));
  }

  /** The subscription of this name. */
  public Optional<Subscription> subscription(String name) {
    return Optional.ofNullable(subscriptions.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Its subscriptions in the order they came. */
  public Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  @Override
  public void send(Message message) {
    if (duplicates.has(message)) {
      return;
    }
    Optional<Instant> later =
        message
            .scheduledFor()
            .map(services.clock()::meant)
            .filter(at -> at.isAfter(services.clock().now()));
    if (later.isPresent()) {
      plan(message, later.get());
    } else {
      spread(Arrival.sent(message));
    }
  }

  @Override
  public long schedule(Message message) {
    if (duplicates.has(message)) {
      return ++lastNumber;
    }
    Instant now = services.clock().now();
    return plan(message, message.scheduledFor().map(services.clock()::meant).orElse(now));
  }

  @Override
  public void cancelScheduled(Iterable<Long> numbers) {
    schedule.cancel(numbers);
  }

  @Override
  public void forward(Arrival arrival) {
    if (!duplicates.has(arrival.message())) {
      spread(arrival);
    }
  }

  private long plan(Message message, Instant at) {
    Entry entry =
        new Entry(
            ++lastNumber, services.clock().now(), Arrival.sent(message), MessageState.SCHEDULED);
    schedule.add(entry, at);
    return entry.number();
  }

  private void spread(Arrival arrival) {
    Arrival numbered =
        new Arrival(
            arrival.message(),
            arrival.deliveryCount(),
            Optional.of(arrival.enqueuedAs().orElse(++lastNumber)),
            arrival.deadLetteredBy(),
            arrival.hops());
    for (Subscription subscription : subscriptions.values()) {
      subscription.offer(numbered);
    }
  }

  private QueueConfig withTopicTimeToLive(QueueConfig queue) {
    Optional<Duration> own = queue.expiry().timeToLive();
    return config
        .timeToLive()
        .filter(most -> own.isEmpty() || most.compareTo(own.get()) < 0)
        .map(queue::timeToLive)
        .orElse(queue);
  }
}
