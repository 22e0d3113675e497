package dev.roost.host.invoke;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.util.Map;
import java.util.Optional;

/** An event made by hand. */
record Event(
    String function,
    Payload payload,
    BindingData data,
    Map<String, String> details,
    Optional<String> traceParent)
    implements Delivery {

  static Event of(Payload payload) {
    return new Event("F", payload, BindingData.EMPTY, Map.of(), Optional.empty());
  }

  static Event of(String text) {
    return of(new Payload.Text(text));
  }

  Event with(BindingData newData) {
    return new Event(function, payload, newData, details, traceParent);
  }

  Event tracedBy(String parent) {
    return new Event(function, payload, data, details, Optional.of(parent));
  }

  Event detailed(Map<String, String> newDetails) {
    return new Event(function, payload, data, newDetails, traceParent);
  }

  @Override
  public String reason() {
    return "made by hand";
  }

  @Override
  public void settle(Outcome outcome) {}
}
