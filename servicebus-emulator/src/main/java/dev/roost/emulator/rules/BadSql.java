package dev.roost.emulator.rules;

/** A filter or action that cannot be read; the message says where. */
public final class BadSql extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadSql(String message) {
    super(message);
  }
}
