package dev.roost.samples;

/** What the status blob of an order holds. */
public class OrderState {
  public final String id;
  public final String state;

  OrderState(String id, String state) {
    this.id = id;
    this.state = state;
  }
}
