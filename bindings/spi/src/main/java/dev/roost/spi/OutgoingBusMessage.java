package dev.roost.spi;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One message for a service bus that a function composed itself, inside a {@link Payload.Native}:
 * its body is sent as one message whatever it looks like.
 *
 * @param body text, bytes or JSON
 * @param envelope what is written on it, by the names of the binding data: {@code MessageId},
 *     {@code SessionId}, {@code CorrelationId}, {@code ReplyTo}, {@code ReplyToSessionId}, {@code
 *     Subject}, {@code To}, {@code ContentType}, {@code PartitionKey}
 * @param properties the application's own
 * @param delay how long it is enqueued later; empty for not at all
 * @param timeToLive how long it lives; empty for the entity's own limit
 */
public record OutgoingBusMessage(
    Payload body,
    Map<String, String> envelope,
    Map<String, Object> properties,
    Optional<Duration> delay,
    Optional<Duration> timeToLive) {
  public OutgoingBusMessage {
    envelope = Map.copyOf(envelope);
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
