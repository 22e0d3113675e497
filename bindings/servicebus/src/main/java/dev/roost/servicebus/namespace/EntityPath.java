package dev.roost.servicebus.namespace;

import com.azure.messaging.servicebus.models.SubQueue;
import java.util.Locale;
import java.util.Optional;

/**
 * Where messages are received: a queue or a subscription, or the queue inside of it that holds what
 * was dead-lettered.
 *
 * @param entity the queue's or topic's name
 * @param subscription of the topic; empty for a queue
 * @param part {@link SubQueue#NONE} for the messages themselves
 */
public record EntityPath(String entity, Optional<String> subscription, SubQueue part) {
  private static final String DEAD_LETTERS = "/$deadletterqueue";
  private static final String TRANSFER = "/$transfer";

  /** A queue, whose name may end with {@code /$DeadLetterQueue}. */
  public static EntityPath queue(String name) {
    return new EntityPath(bare(name), Optional.empty(), part(name));
  }

  /** A subscription, whose name may end with {@code /$DeadLetterQueue}. */
  public static EntityPath subscription(String topic, String name) {
    return new EntityPath(topic, Optional.of(bare(name)), part(name));
  }

  /** The same place's dead letters. */
  public EntityPath deadLetters() {
    return new EntityPath(entity, subscription, SubQueue.DEAD_LETTER_QUEUE);
  }

  /** True when messages can be sent there so that they come out here and nowhere else. */
  public boolean takesMessages() {
    return subscription.isEmpty() && part == SubQueue.NONE;
  }

  /** As people write it. */
  @Override
  public String toString() {
    String place = subscription.map(name -> entity + "/Subscriptions/" + name).orElse(entity);
    return place
        + switch (part) {
          case NONE -> "";
          case DEAD_LETTER_QUEUE -> "/$DeadLetterQueue";
          case TRANSFER_DEAD_LETTER_QUEUE -> "/$Transfer/$DeadLetterQueue";
        };
  }

  private static SubQueue part(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(DEAD_LETTERS)) {
      return SubQueue.NONE;
    }
    return lower.endsWith(TRANSFER + DEAD_LETTERS)
        ? SubQueue.TRANSFER_DEAD_LETTER_QUEUE
        : SubQueue.DEAD_LETTER_QUEUE;
  }

  private static String bare(String name) {
    return switch (part(name)) {
      case NONE -> name;
      case DEAD_LETTER_QUEUE -> name.substring(0, name.length() - DEAD_LETTERS.length());
      case TRANSFER_DEAD_LETTER_QUEUE ->
          name.substring(0, name.length() - TRANSFER.length() - DEAD_LETTERS.length());
    };
  }
}
