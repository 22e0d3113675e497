package dev.roost.host.trace;

import dev.roost.spi.Delivery;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.TraceHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span for each attempt. Safe for use by many threads. */
final class Spans implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.Executor");
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  private final OpenTelemetry telemetry;
  private final Tracer tracer;

  Spans(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
    this.tracer = telemetry.getTracer("dev.roost");
  }

  TracedAttempt begin(String function, Delivery delivery, String invocationId, TraceHeaders sent) {
    Map<String, String> attributes = delivery.spanAttributes();
    String trigger = attributes.getOrDefault("faas.trigger", "other");
    SpanBuilder builder =
        tracer
            .spanBuilder(function)
            .setParent(
                W3CTraceContextPropagator.getInstance().extract(Context.root(), sent, Sent.READER))
            .setSpanKind(
                trigger.equals("pubsub") || trigger.equals("datasource")
                    ? SpanKind.CONSUMER
                    : SpanKind.SERVER)
            .setAttribute("faas.name", function)
            .setAttribute("faas.trigger", trigger)
            .setAttribute("faas.invocation_id", invocationId);
    attributes.forEach(builder::setAttribute);
    return new Recorded(builder.startSpan(), trigger.equals("http"));
  }

  @Override
  public void close() {
    if (telemetry instanceof Closeable sdk) {
      try {
        sdk.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The exporter of spans did not close cleanly: {0}", e.toString());
      }
    }
  }

  /** A span under way; not made current: the app has classes of OpenTelemetry of its own. */
  private static final class Recorded implements TracedAttempt {
    private final Span span;
    private final boolean http;
    private final TraceHeaders headers;

    Recorded(Span span, boolean http) {
      this.span = span;
      this.http = http;
      Map<String, String> out = HashMap.newHashMap(2);
      W3CTraceContextPropagator.getInstance()
          .inject(Context.root().with(span), out, (map, key, value) -> out.put(key, value));
      this.headers = TraceHeaders.of(out.getOrDefault(PARENT, ""), out.getOrDefault(STATE, ""));
    }

    @Override
    public TraceHeaders headers() {
      return headers;
    }

    @Override
    public void end(Outcome outcome) {
      if (outcome instanceof Outcome.Failed failed) {
        span.setStatus(StatusCode.ERROR, failed.cause().getClass().getSimpleName());
        span.setAttribute("error.type", failed.cause().getClass().getName());
      } else if (outcome instanceof Outcome.Partial partial) {
        span.setStatus(StatusCode.ERROR, partial.failures().size() + " of the batch failed");
      } else if (http
          && outcome instanceof Outcome.Succeeded(Payload.Native(HttpResponse response))) {
        span.setAttribute("http.response.status_code", response.status());
      }
      span.end();
    }
  }

  /** Reads what the sender told. */
  private enum Sent implements TextMapGetter<TraceHeaders> {
    READER;

    @Override
    public Iterable<String> keys(TraceHeaders carrier) {
      return List.of(PARENT, STATE);
    }

    @Override
    public @Nullable String get(@Nullable TraceHeaders carrier, String key) {
      if (carrier == null) {
        return null;
      }
      return key.equals(PARENT) ? carrier.parent() : key.equals(STATE) ? carrier.state() : null;
    }
  }
}
