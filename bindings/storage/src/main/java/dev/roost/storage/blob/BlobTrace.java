package dev.roost.storage.blob;

import dev.roost.spi.TraceHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trace of the invocation that wrote a blob, in its metadata under the names of W3C Trace
 * Context. A blob that was written outside of a trace has none.
 */
final class BlobTrace {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  private BlobTrace() {}

  /** Metadata with the trace of the invocation on this thread; what a function set itself stays. */
  static Map<String, String> addedTo(Map<String, String> metadata) {
    TraceHeaders trace = TraceHeaders.current();
    if (trace.parent().isEmpty() || value(metadata, PARENT).isPresent()) {
      return metadata;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put(PARENT, trace.parent());
    if (!trace.state().isEmpty()) {
      all.put(STATE, trace.state());
    }
    all.putAll(metadata);
    return all;
  }

  static Optional<String> parent(@Nullable Map<String, String> metadata) {
    return value(metadata, PARENT);
  }

  static String state(@Nullable Map<String, String> metadata) {
    return value(metadata, STATE).orElse("");
  }

  /** The service keeps the case in which a name was written, and HTTP may change it. */
  private static Optional<String> value(@Nullable Map<String, String> metadata, String name) {
    return metadata == null
        ? Optional.empty()
        : metadata.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
