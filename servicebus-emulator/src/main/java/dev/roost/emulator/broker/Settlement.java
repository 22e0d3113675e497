package dev.roost.emulator.broker;

import java.util.Map;

/** What a receiver decides about a message that it has locked. */
public sealed interface Settlement {
  /** It is done with. */
  record Complete() implements Settlement {}

  /** It goes back to its place, with properties changed. */
  record Abandon(Map<String, Object> properties) implements Settlement {}

  /** It waits until somebody asks for its number. */
  record Defer(Map<String, Object> properties) implements Settlement {}

  /** It goes to the dead-letter queue; reason and description are among the properties. */
  record DeadLetter(Map<String, Object> properties) implements Settlement {
    /** The property that says why. */
    public static final String REASON = "DeadLetterReason";

    /** The property that says more. */
    public static final String DESCRIPTION = "DeadLetterErrorDescription";

    static DeadLetter because(String reason, String description) {
      return new DeadLetter(Map.of(REASON, reason, DESCRIPTION, description));
    }
  }
}
