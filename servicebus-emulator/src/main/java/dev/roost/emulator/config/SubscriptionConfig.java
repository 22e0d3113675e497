package dev.roost.emulator.config;

import dev.roost.emulator.rules.Filter;
import dev.roost.emulator.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscription of a topic.
 *
 * @param queue what it has of a queue
 * @param rules which messages it takes; none of them matching, none is taken
 * @param deadLetterFilterErrors whether a message that a filter fails on is dead-lettered
 */
public record SubscriptionConfig(
    QueueConfig queue, List<Rule> rules, boolean deadLetterFilterErrors) {

  /** Copies the list. */
  public SubscriptionConfig {
    rules = List.copyOf(rules);
  }

  /** A subscription that takes every message, with the defaults of a queue. */
  public static SubscriptionConfig subscription(String name) {
    return of(QueueConfig.queue(name));
  }

  /** A subscription that takes every message. */
  public static SubscriptionConfig of(QueueConfig queue) {
    return new SubscriptionConfig(queue, List.of(Rule.TAKES_ALL), true);
  }

  /** Takes what {@code filter} lets through, in place of every message. */
  public SubscriptionConfig rule(String name, Filter filter) {
    return rule(Rule.of(name, filter));
  }

  /** Adds a rule, in place of the one that takes every message. */
  public SubscriptionConfig rule(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.remove(Rule.TAKES_ALL);
    more.add(rule);
    return new SubscriptionConfig(queue, more, deadLetterFilterErrors);
  }
}
