package dev.roost.emulator.rules;

/**
 * A rule of a subscription.
 *
 * @param filter which messages it takes
 */
public record Rule(String name, Filter filter) {
  /** The rule that a subscription has from the start, as on Azure. */
  public static final Rule TAKES_ALL = new Rule("$Default", new Everything());

  /** A rule without an action. */
  public static Rule of(String name, Filter filter) {
    return new Rule(name, filter);
  }
}
