package dev.roost.emulator.broker;

/** What the service does not do: an AMQP error condition, and a description for the client. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String condition;

  /** Tells the condition and why. */
  public Refused(String condition, String description) {
    super(description, null, false, false);
    this.condition = condition;
  }

  /** A name of {@link Conditions}, or any other that a fault asks for. */
  public String condition() {
    return condition;
  }

  /** Why, for the client. */
  public String description() {
    return String.valueOf(getMessage());
  }
}
