package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.jspecify.annotations.Nullable;

/** A change to a message. */
sealed interface SqlStatement {
  Message applyTo(Message message);

  record Set(Expression property, Expression value) implements SqlStatement {
    @Override
    public Message applyTo(Message message) {
      return change(message, property, value.of(message));
    }
  }

  record Remove(Expression property) implements SqlStatement {
    @Override
    public Message applyTo(Message message) {
      return change(message, property, null);
    }
  }

  private static Message change(Message message, Expression property, @Nullable Object value) {
    if (property instanceof Expression.SystemValue(SystemProperty name)) {
      Properties properties = new Properties(message.properties());
      name.set(properties, value);
      return message.with(properties);
    }
    Map<String, Object> properties = new LinkedHashMap<>(message.applicationProperties());
    if (property instanceof Expression.UserProperty(String name)) {
      if (value == null) {
        properties.remove(name);
      } else {
        properties.put(name, value);
      }
    }
    return message.withApplicationProperties(properties);
  }
}
