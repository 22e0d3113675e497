package dev.roost.host.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.roost.spi.TraceHeaders;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, for machines that collect logs. */
final class JsonLines extends Formatter {
  private static final JsonStringEncoder QUOTING = JsonStringEncoder.getInstance();

  /** Written straight into the line: a tree of nodes would cost more than all else about it. */
  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(320);
    line.append("{\"timestamp\":\"");
    TimeStamp.append(record.getInstant(), line);
    line.append('"');
    put(line, "level", LogLevels.name(record.getLevel()));
    put(line, "category", record.getLoggerName());
    if (InvocationScope.CURRENT.isBound()) {
      put(line, "function", InvocationScope.CURRENT.get().function());
      put(line, "invocationId", InvocationScope.CURRENT.get().invocationId());
    }
    TraceHeaders trace = TraceHeaders.current();
    if (!trace.parent().isEmpty()) {
      put(line, "traceId", trace.traceId());
      put(line, "spanId", trace.spanId());
    }
    put(line, "message", formatMessage(record));
    if (record.getThrown() != null) {
      put(line, "exception", TextLines.stack(record.getThrown()));
    }
    return line.append("}\n").toString();
  }

  private static void put(StringBuilder line, String name, @Nullable String value) {
    line.append(",\"").append(name).append("\":");
    if (value == null) {
      line.append("null");
      return;
    }
    line.append('"');
    if (isPlain(value)) {
      line.append(value);
    } else {
      QUOTING.quoteAsString(value, line);
    }
    line.append('"');
  }

  /**
   * Most texts are: quoting appends them character by character, which takes longer than the rest.
   */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
