package dev.roost.emulator.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A topic and its subscriptions.
 *
 * @param timeToLive the longest time a message may wait in any of its subscriptions
 * @param duplicates how long message ids are remembered to drop duplicates
 */
public record TopicConfig(
    String name,
    Optional<Duration> timeToLive,
    Optional<Duration> duplicates,
    List<SubscriptionConfig> subscriptions) {

  /** Copies the list. */
  public TopicConfig {
    subscriptions = List.copyOf(subscriptions);
  }

  /** A topic with subscriptions that take every message. */
  public static TopicConfig topic(String name, String... subscriptions) {
    TopicConfig topic = new TopicConfig(name, Optional.empty(), Optional.empty(), List.of());
    for (String subscription : subscriptions) {
      topic = topic.with(SubscriptionConfig.subscription(subscription));
    }
    return topic;
  }

  /** Adds a subscription. */
  public TopicConfig with(SubscriptionConfig subscription) {
    List<SubscriptionConfig> more = new ArrayList<>(subscriptions);
    more.add(subscription);
    return new TopicConfig(name, timeToLive, duplicates, more);
  }

  /** A message waits no longer than {@code duration}. */
  public TopicConfig timeToLive(Duration duration) {
    return new TopicConfig(name, Optional.of(duration), duplicates, subscriptions);
  }

  /** A message whose id came within {@code window} is dropped. */
  public TopicConfig duplicates(Duration window) {
    return new TopicConfig(name, timeToLive, Optional.of(window), subscriptions);
  }
}
