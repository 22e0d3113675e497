package dev.roost.host.invoke;

import com.microsoft.azure.functions.TraceContext;
import dev.roost.spi.Delivery;
import dev.roost.spi.TraceHeaders;
import java.util.Map;

/**
 * The trace as the user sees it: the span of the invocation, or what the event's sender told when
 * no spans are made, well-formed or not. Empty texts when there is none.
 */
record Trace(String traceparent, String tracestate) implements TraceContext {
  static Trace of(Delivery delivery, TraceHeaders headers) {
    return headers.parent().isEmpty()
        ? new Trace(delivery.traceParent().orElse(""), delivery.traceState())
        : new Trace(headers.parent(), headers.state());
  }

  @Override
  public String getTraceparent() {
    return traceparent;
  }

  @Override
  public String getTracestate() {
    return tracestate;
  }

  @Override
  public Map<String, String> getAttributes() {
    return Map.of();
  }
}
