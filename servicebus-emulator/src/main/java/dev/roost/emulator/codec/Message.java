package dev.roost.emulator.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;

/**
 * A message as its sender made it. Its parts are never changed in place.
 *
 * @param annotations message annotations, those of the broker not among them
 * @param body the encoded body sections and the footer, as they came
 */
public record Message(
    Header header,
    Map<Symbol, Object> annotations,
    Properties properties,
    Map<String, Object> applicationProperties,
    Binary body) {

  private static final Symbol SCHEDULED = Symbol.valueOf("x-opt-scheduled-enqueue-time");
  private static final Symbol PARTITION_KEY = Symbol.valueOf("x-opt-partition-key");

  /** The id by which duplicates are found. */
  public Optional<String> messageId() {
    return Optional.ofNullable(properties.getMessageId()).map(Object::toString);
  }

  /** The session it belongs to. */
  public Optional<String> sessionId() {
    return Optional.ofNullable(properties.getGroupId());
  }

  /** How long it may wait, if its sender said so. */
  public Optional<Duration> timeToLive() {
    return Optional.ofNullable(header.getTtl()).map(ttl -> Duration.ofMillis(ttl.longValue()));
  }

  /** When it is to be enqueued, on the sender's clock. */
  public Optional<Instant> scheduledFor() {
    return annotations.get(SCHEDULED) instanceof Date date
        ? Optional.of(date.toInstant())
        : Optional.empty();
  }

  /** Its partition key. */
  public Optional<String> partitionKey() {
    return annotations.get(PARTITION_KEY) instanceof String key
        ? Optional.of(key)
        : Optional.empty();
  }

  /** The same with other system properties. */
  public Message with(Properties changed) {
    return new Message(header, annotations, changed, applicationProperties, body);
  }

  /** The same with other application properties. */
  public Message withApplicationProperties(Map<String, Object> changed) {
    return new Message(header, annotations, properties, changed, body);
  }

  /** The same with these application properties added or replaced. */
  public Message adding(Map<String, Object> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    Map<String, Object> changed = new LinkedHashMap<>(applicationProperties);
    changed.putAll(changes);
    return withApplicationProperties(changed);
  }
}
