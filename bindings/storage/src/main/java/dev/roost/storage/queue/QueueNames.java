package dev.roost.storage.queue;

import dev.roost.spi.BindingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names of queues. */
public final class QueueNames {
  private static final Pattern VALID = Pattern.compile("(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final String POISON = "-poison";

  private QueueNames() {}

  /**
   * The name in lower case.
   *
   * @throws BindingException when Azure Storage takes no such name
   */
  public static String checked(String key, String name) throws BindingException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!VALID.matcher(lower).matches()) {
      throw new BindingException(
          key,
          "'" + name + "' is not a name for a queue",
          "Use 3 to 63 letters, digits and single hyphens, with none at either end.");
    }
    return lower;
  }

  /**
   * The queue for messages of {@code queue} that failed for good. None for a queue that is a poison
   * queue itself, nor where the name would be too long.
   */
  public static Optional<String> poisonOf(String queue) {
    return Optional.of(queue + POISON)
        .filter(poison -> !queue.endsWith(POISON) && VALID.matcher(poison).matches());
  }
}
