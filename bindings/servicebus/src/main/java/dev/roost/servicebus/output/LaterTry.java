package dev.roost.servicebus.output;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A copy of a failed message that is enqueued later. It has an id of its own, because a queue that
 * detects duplicates would drop it otherwise; the first id and the number of deliveries travel as
 * application properties.
 */
public final class LaterTry {
  /** The application property that holds the id of the first message. */
  public static final String ORIGINAL_ID = "roost-message-id";

  /** The application property that holds how often the message was delivered before. */
  public static final String DELIVERIES = "roost-deliveries";

  private LaterTry() {}

  /** The id that the sender gave. */
  public static String originalId(ServiceBusReceivedMessage message) {
    return message.getApplicationProperties().get(ORIGINAL_ID) instanceof String id
        ? id
        : Optional.ofNullable(message.getMessageId()).orElse("");
  }

  /** How often it was delivered as other copies, before this one. */
  public static long before(ServiceBusReceivedMessage message) {
    return message.getApplicationProperties().get(DELIVERIES) instanceof Number count
        ? count.longValue()
        : 0;
  }

  /** When it expires; empty for never. The SDK tells a time to live of zero where there is none. */
  public static Optional<OffsetDateTime> expires(ServiceBusReceivedMessage message) {
    Duration life = message.getTimeToLive();
    return life == null || life.isZero()
        ? Optional.empty()
        : Optional.ofNullable(message.getExpiresAt());
  }

  /**
   * The copy.
   *
   * @param deliveries how often the message was delivered so far
   * @param due when it is enqueued
   * @return empty when it would have expired by then
   */
  static Optional<ServiceBusMessage> of(
      ServiceBusReceivedMessage message, long deliveries, Instant due) {
    ServiceBusMessage copy = new ServiceBusMessage(message);
    copy.setMessageId(UUID.randomUUID().toString());
    Map<String, Object> properties = copy.getApplicationProperties();
    properties.put(ORIGINAL_ID, originalId(message));
    properties.put(DELIVERIES, deliveries);
    copy.setScheduledEnqueueTime(due.atOffset(ZoneOffset.UTC));
    Optional<OffsetDateTime> expires = expires(message);
    // Zero would be written too, and it would expire at once.
    copy.getRawAmqpMessage().getHeader().setTimeToLive(null);
    if (expires.isPresent()) {
      Duration left = Duration.between(due, expires.get().toInstant());
      if (!left.isPositive()) {
        return Optional.empty();
      }
      copy.setTimeToLive(left);
    }
    return Optional.of(copy);
  }
}
