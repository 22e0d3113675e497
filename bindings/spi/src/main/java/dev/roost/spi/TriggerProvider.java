package dev.roost.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the triggers of one or more binding types. One instance lives as long as its host; the host
 * closes it last.
 */
public interface TriggerProvider extends AutoCloseable {

  /**
   * The trigger types of function.json that this provider opens, for example {@code queueTrigger}.
   */
  Set<String> types();

  /**
   * The output binding type whose value is the answer to the event itself ({@code http} for HTTP).
   * It is handed to the delivery in {@link Outcome.Succeeded} instead of to an {@link
   * OutputProvider}.
   */
  default Optional<String> replyType() {
    return Optional.empty();
  }

  /**
   * True when the value that this function returns without a binding for it is an answer to the
   * event: it comes with {@link Outcome.Succeeded}.
   *
   * @throws BindingException as {@link #open}
   */
  default boolean answers(BindingContext context) throws BindingException {
    return false;
  }

  /**
   * Checks the trigger and makes its source, without I/O. May return a source that it returned
   * before.
   *
   * @throws BindingException when the function's trigger can't work as it is written
   */
  Source open(BindingContext context) throws BindingException;

  /**
   * What the start table shows for this trigger: a URL, a queue, a path, the next occurrences.
   *
   * @throws BindingException as {@link #open}
   */
  String describe(BindingContext context) throws BindingException;

  /**
   * Every setting that this trigger obeys, as it is in force, in an order for people.
   *
   * @throws BindingException as {@link #open}
   */
  default List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    return List.of();
  }

  /**
   * HTTP routes that this provider answers itself, such as webhooks; asked once, before any trigger
   * is opened.
   */
  default List<HttpEndpoint> endpoints(HostServices host) {
    return List.of();
  }

  /** Closes the provider's clients; after every source was stopped and every event settled. */
  @Override
  default void close() {}
}
