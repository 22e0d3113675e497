package dev.roost.spi;

/**
 * An event that a person made up: it is nobody's loan, so settling it does nothing.
 *
 * @param function the function to run
 * @param payload what it gets
 * @param data the trigger metadata; what the source would add is missing
 */
public record ManualDelivery(String function, Payload payload, BindingData data)
    implements Delivery {

  /** The official host's words for a call through its administration. */
  public static final String REASON =
      "This function was programmatically called via the host APIs.";

  @Override
  public String reason() {
    return REASON;
  }

  @Override
  public void settle(Outcome outcome) {}
}
