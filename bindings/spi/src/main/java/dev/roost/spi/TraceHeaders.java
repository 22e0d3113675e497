package dev.roost.spi;

import java.util.regex.Pattern;

/**
 * The two headers of W3C Trace Context, as they are passed from one work item to the next.
 *
 * @param parent {@code traceparent}, well-formed; empty when there is no trace
 * @param state {@code tracestate}; often empty
 */
public record TraceHeaders(String parent, String state) {
  /** No trace. */
  public static final TraceHeaders NONE = new TraceHeaders("", "");

  /** Bound on the thread of an invocation: what its outputs pass on. */
  public static final ScopedValue<TraceHeaders> CURRENT = ScopedValue.newInstance();

  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern STATE = Pattern.compile("[ -~]{0,512}");
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  /**
   * What a sender told, when it can be passed on: {@link #NONE} unless the parent has the form that
   * W3C Trace Context demands, without the state when that one is too long or no plain text.
   */
  public static TraceHeaders of(String parent, String state) {
    return PARENT.matcher(parent).matches()
        ? new TraceHeaders(parent, STATE.matcher(state).matches() ? state : "")
        : NONE;
  }

  /** Those of the invocation that runs on this thread; {@link #NONE} outside of one. */
  public static TraceHeaders current() {
    return CURRENT.isBound() ? CURRENT.get() : NONE;
  }

  /** The trace's id, 32 hexadecimal digits; empty when there is no trace. */
  public String traceId() {
    return parent.isEmpty() ? "" : parent.substring(TRACE_ID, SPAN_ID - 1);
  }

  /** The span's id, 16 hexadecimal digits; empty when there is no trace. */
  public String spanId() {
    return parent.isEmpty() ? "" : parent.substring(SPAN_ID, FLAGS - 1);
  }
}
