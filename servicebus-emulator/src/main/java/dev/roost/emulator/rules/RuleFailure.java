package dev.roost.emulator.rules;

/** A filter or action that fails on a message, as by a division by zero. */
public final class RuleFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuleFailure(String message) {
    super(message);
  }
}
