package dev.roost.host.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line, for machines that collect logs. */
final class JsonLines extends Formatter {
  @Override
  public String format(LogRecord record) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("timestamp", record.getInstant().toString());
    line.put("level", LogLevels.name(record.getLevel()));
    line.put("category", record.getLoggerName());
    if (InvocationScope.CURRENT.isBound()) {
      line.put("function", InvocationScope.CURRENT.get().function());
      line.put("invocationId", InvocationScope.CURRENT.get().invocationId());
    }
    line.put("message", formatMessage(record));
    if (record.getThrown() != null) {
      line.put("exception", TextLines.stack(record.getThrown()));
    }
    return line + "\n";
  }
}
