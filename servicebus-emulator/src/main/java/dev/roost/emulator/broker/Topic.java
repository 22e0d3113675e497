package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import java.time.Duration;
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
  private final Intake intake;

  Topic(TopicConfig config, BrokerServices services) {
    this.config = config;
    this.services = services;
    intake = new Intake(services, config.duplicates(), this::spread);
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
    intake.send(message);
  }

  @Override
  public long schedule(Message message) {
    return intake.schedule(message);
  }

  @Override
  public void cancelScheduled(Iterable<Long> numbers) {
    intake.cancel(numbers);
  }

  @Override
  public void forward(Arrival arrival) {
    intake.forward(arrival);
  }

  private void spread(Arrival arrival) {
    Arrival numbered =
        new Arrival(
            arrival.message(),
            arrival.deliveryCount(),
            Optional.of(arrival.enqueuedAs().orElse(intake.nextNumber())),
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
