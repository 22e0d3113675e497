package dev.roost.emulator.rules;

import java.util.Locale;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The system properties that rules can read and set. {@link #toString} is the name in correlation
 * filters.
 */
public enum SystemProperty {
  /** The message id. */
  MESSAGE_ID("message-id"),
  /** The correlation id. */
  CORRELATION_ID("correlation-id"),
  /** The address it is meant for. */
  TO("to"),
  /** Where answers go. */
  REPLY_TO("reply-to"),
  /** The subject, called label by older clients. */
  LABEL("label"),
  /** The session id. */
  SESSION_ID("session-id"),
  /** The session that answers go to. */
  REPLY_TO_SESSION_ID("reply-to-session-id"),
  /** The content type. */
  CONTENT_TYPE("content-type");

  private final String name;

  SystemProperty(String name) {
    this.name = name;
  }

  /** By the name in SQL, as {@code MessageId}, in any case; {@code Subject} too. */
  public static Optional<SystemProperty> sql(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replace("subject", "label");
    for (SystemProperty property : values()) {
      if (property.name.replace("-", "").equals(wanted)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  /** Its value, null when the message has none. */
  public @Nullable Object of(Properties properties) {
    return switch (this) {
      case MESSAGE_ID -> properties.getMessageId();
      case CORRELATION_ID -> properties.getCorrelationId();
      case TO -> properties.getTo();
      case REPLY_TO -> properties.getReplyTo();
      case LABEL -> properties.getSubject();
      case SESSION_ID -> properties.getGroupId();
      case REPLY_TO_SESSION_ID -> properties.getReplyToGroupId();
      case CONTENT_TYPE -> text(properties.getContentType());
    };
  }

  /** Sets it; null removes it. */
  public void set(Properties properties, @Nullable Object value) {
    String text = text(value);
    switch (this) {
      case MESSAGE_ID -> properties.setMessageId(text);
      case CORRELATION_ID -> properties.setCorrelationId(text);
      case TO -> properties.setTo(text);
      case REPLY_TO -> properties.setReplyTo(text);
      case LABEL -> properties.setSubject(text);
      case SESSION_ID -> properties.setGroupId(text);
      case REPLY_TO_SESSION_ID -> properties.setReplyToGroupId(text);
      case CONTENT_TYPE -> properties.setContentType(Symbol.valueOf(text));
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
