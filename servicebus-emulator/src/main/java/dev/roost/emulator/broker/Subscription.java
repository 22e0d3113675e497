package dev.roost.emulator.broker;

import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.rules.Rule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A subscription: rules, and a queue of what they take. */
public final class Subscription {
  private final Queue queue;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  Subscription(Queue queue, SubscriptionConfig config) {
    this.queue = queue;
    config.rules().forEach(rule -> rules.put(rule.name(), rule));
  }

  /** Where its messages wait. */
  public Queue queue() {
    return queue;
  }

  /** Its rules in the order they came. */
  public Collection<Rule> rules() {
    return rules.values();
  }

  /** Adds a rule. */
  public void add(Rule rule) {
    if (rules.putIfAbsent(rule.name(), rule) != null) {
      throw new Refused(
          Conditions.CONFLICT, "'" + queue.path() + "' has a rule '" + rule.name() + "' already.");
    }
  }

  /** Removes a rule. */
  public void remove(String name) {
    if (rules.remove(name) == null) {
      throw new Refused(Conditions.NOT_FOUND, "'" + queue.path() + "' has no rule '" + name + "'.");
    }
  }

  void offer(Arrival arrival) {
    if (rules.values().stream().anyMatch(rule -> rule.filter().matches(arrival.message()))) {
      queue.forward(arrival);
    }
  }
}
