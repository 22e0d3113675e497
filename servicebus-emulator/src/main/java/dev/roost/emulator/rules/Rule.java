package dev.roost.emulator.rules;

import java.util.Optional;

/**
 * A rule of a subscription.
 *
 * @param filter which messages it takes
 * @param action what it changes in the copy that the subscription gets
 */
public record Rule(String name, Filter filter, Optional<SqlAction> action) {
  /** The rule that a subscription has from the start, as on Azure. */
  public static final Rule TAKES_ALL = of("$Default", new Everything());

  /** A rule without an action. */
  public static Rule of(String name, Filter filter) {
    return new Rule(name, filter, Optional.empty());
  }

  /** The rule with an action in Service Bus's SQL. */
  public Rule action(String sql) {
    return new Rule(name, filter, Optional.of(new SqlAction(sql)));
  }
}
