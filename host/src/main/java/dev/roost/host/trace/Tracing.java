package dev.roost.host.trace;

import dev.roost.spi.Delivery;
import dev.roost.spi.TraceHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts attempts into traces. Makes no spans until it is started with settings that ask for them;
 * before and otherwise no class of OpenTelemetry is loaded. Safe for use by many threads.
 */
public final class Tracing implements AutoCloseable {
  private static final Logger LOG = System.getLogger("Host.Startup");

  private volatile @Nullable Spans spans;

  /**
   * Loads the SDK when the settings ask for an exporter; takes some hundred milliseconds then. When
   * it can't be made of them that is logged, and the host runs without spans.
   *
   * @param settings the settings whose names begin with {@code OTEL_}
   * @param service the service's name when they give none
   */
  public void start(Map<String, String> settings, String service) {
    if (!ExporterSettings.ask(settings)) {
      return;
    }
    try {
      spans = new Spans(Sdk.of(ExporterSettings.properties(settings, service)));
      LOG.log(Level.INFO, "Spans are exported as the OTEL_ settings say (docs/tracing.md)");
    } catch (SdkException e) {
      LOG.log(
          Level.WARNING,
          "No spans are exported: the OTEL_ settings can''t be used: {0}. Correct them: this host"
              + " has the otlp exporter over http/protobuf (docs/tracing.md)",
          e.getMessage());
      LOG.log(Level.DEBUG, "Cause", e);
    }
  }

  /** Begins an attempt. */
  public TracedAttempt begin(String function, Delivery delivery, String invocationId) {
    Optional<String> parent = delivery.traceParent();
    TraceHeaders sent =
        parent.isEmpty() ? TraceHeaders.NONE : TraceHeaders.of(parent.get(), delivery.traceState());
    Spans recorded = spans;
    return recorded == null
        ? new TracedAttempt.Passing(sent)
        : recorded.begin(function, delivery, invocationId, sent);
  }

  /** Exports what is left; waits for that a few seconds at the most. */
  @Override
  public void close() {
    Spans recorded = spans;
    if (recorded != null) {
      recorded.close();
    }
  }
}
