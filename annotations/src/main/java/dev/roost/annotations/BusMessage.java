package dev.roost.annotations;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One message for a Service Bus output, with what its body alone can't say. Give it, or a list or
 * array of them, to the {@code OutputBinding} or as the return value. Immutable.
 */
public final class BusMessage {
  private final Object body;
  private final Map<String, String> envelope;
  private final Map<String, Object> properties;
  private final Optional<Duration> delay;
  private final Optional<Duration> timeToLive;

  private BusMessage(
      Object body,
      Map<String, String> envelope,
      Map<String, Object> properties,
      Optional<Duration> delay,
      Optional<Duration> timeToLive) {
    this.body = body;
    this.envelope = Collections.unmodifiableMap(envelope);
    this.properties = Collections.unmodifiableMap(properties);
    this.delay = delay;
    this.timeToLive = timeToLive;
  }

  /**
   * A message with nothing but a body.
   *
   * @param body text, bytes, or an object that becomes JSON; never split into several messages
   */
  public static BusMessage of(Object body) {
    return new BusMessage(
        Objects.requireNonNull(body), Map.of(), Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same, with an id; a queue that detects duplicates drops a second one of the same id. */
  public BusMessage withMessageId(String id) {
    return with("MessageId", id);
  }

  /** The same, in a session: messages of one session are handled in order. */
  public BusMessage withSessionId(String id) {
    return with("SessionId", id);
  }

  /** The same, with the id of what it belongs to or answers. */
  public BusMessage withCorrelationId(String id) {
    return with("CorrelationId", id);
  }

  /** The same, with the queue or topic that wants the answer. */
  public BusMessage withReplyTo(String entity) {
    return with("ReplyTo", entity);
  }

  /** The same, with the session in which the answer is wanted. */
  public BusMessage withReplyToSessionId(String id) {
    return with("ReplyToSessionId", id);
  }

  /** The same, with a subject, which filters of subscriptions may ask for. */
  public BusMessage withSubject(String subject) {
    return with("Subject", subject);
  }

  /** The same, with an address that applications may use to route it. */
  public BusMessage withTo(String to) {
    return with("To", to);
  }

  /** The same, with the media type of its body. */
  public BusMessage withContentType(String type) {
    return with("ContentType", type);
  }

  /** The same, with the key of its partition; in a session, that is the session's id. */
  public BusMessage withPartitionKey(String key) {
    return with("PartitionKey", key);
  }

  /** The same, with an application property: text, a number or a boolean. */
  public BusMessage withProperty(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(properties);
    more.put(name, Objects.requireNonNull(value));
    return new BusMessage(body, envelope, more, delay, timeToLive);
  }

  /** The same, enqueued only after this long. */
  public BusMessage withDelay(Duration newDelay) {
    return new BusMessage(body, envelope, properties, Optional.of(newDelay), timeToLive);
  }

  /** The same, gone after this long unless it was received. */
  public BusMessage withTimeToLive(Duration newTimeToLive) {
    if (newTimeToLive.isNegative() || newTimeToLive.isZero()) {
      throw new IllegalArgumentException("a message lives for a while at least");
    }
    return new BusMessage(body, envelope, properties, delay, Optional.of(newTimeToLive));
  }

  private BusMessage with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(envelope);
    more.put(name, Objects.requireNonNull(value));
    return new BusMessage(body, more, properties, delay, timeToLive);
  }

  /** Its body. */
  public Object body() {
    return body;
  }

  /** What is written on it, by the names of the binding data; unmodifiable. */
  public Map<String, String> envelope() {
    return envelope;
  }

  /** The application properties; unmodifiable. */
  public Map<String, Object> properties() {
    return properties;
  }

  /** How much later it is enqueued. */
  public Optional<Duration> delay() {
    return delay;
  }

  /** How long it lives; empty for as long as the entity lets it. */
  public Optional<Duration> timeToLive() {
    return timeToLive;
  }
}
