package dev.roost.host.invoke;

import com.microsoft.azure.functions.TraceContext;
import dev.roost.spi.Delivery;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import java.util.List;
import java.util.Map;

/** The trace that an event belongs to; empty texts when its sender told none. */
record Trace(String traceparent, String tracestate) implements TraceContext {
  static Trace of(Delivery delivery) {
    String state =
        delivery.payload() instanceof Payload.Native(HttpRequest request)
            ? String.join(",", request.headers().getOrDefault("tracestate", List.of()))
            : "";
    return new Trace(delivery.traceParent().orElse(""), state);
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
