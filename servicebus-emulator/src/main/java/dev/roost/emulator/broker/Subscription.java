package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.RuleFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A subscription: rules, and a queue of what they take. */
public final class Subscription {
  private final Queue queue;
  private final boolean deadLetterFilterErrors;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  Subscription(Queue queue, SubscriptionConfig config) {
    this.queue = queue;
    deadLetterFilterErrors = config.deadLetterFilterErrors();
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

  /** Takes what the rules say: a copy for each action, and one for all rules without. */
  void offer(Arrival arrival) {
    try {
      for (Message copy : copies(arrival.message())) {
        queue.forward(arrival.with(copy));
      }
    } catch (RuleFailure failure) {
      if (deadLetterFilterErrors) {
        queue.refuse(arrival, "FilterException", String.valueOf(failure.getMessage()));
      }
    } catch (Refused why) {
      queue.refuse(arrival, why.condition(), why.description());
    }
  }

  private List<Message> copies(Message message) {
    List<Message> copies = new ArrayList<>();
    boolean plain = false;
    for (Rule rule : rules.values()) {
      if (rule.filter().matches(message)) {
        rule.action().ifPresent(action -> copies.add(action.applyTo(message)));
        plain |= rule.action().isEmpty();
      }
    }
    if (plain) {
      copies.add(message);
    }
    return copies;
  }
}
