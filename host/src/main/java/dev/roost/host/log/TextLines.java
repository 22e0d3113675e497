package dev.roost.host.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One readable line a record: time, level, category, invocation, message; then the stack. */
final class TextLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.of("UTC"));

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(record.getInstant(), line);
    line.append(' ').append(LogLevels.name(record.getLevel()));
    line.append(' ').append(record.getLoggerName() == null ? "" : record.getLoggerName());
    if (InvocationScope.CURRENT.isBound()) {
      InvocationScope scope = InvocationScope.CURRENT.get();
      line.append(" [").append(scope.function()).append(' ');
      line.append(scope.invocationId()).append(']');
    }
    line.append(": ").append(formatMessage(record)).append('\n');
    if (record.getThrown() != null) {
      line.append(stack(record.getThrown()));
    }
    return line.toString();
  }

  /** The stack trace as text. */
  static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
