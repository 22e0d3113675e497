package dev.roost.spi;

import java.io.IOException;
import java.util.Set;

/** Opens input bindings: data that is read before the function runs. */
public interface InputProvider extends AutoCloseable {

  /**
   * The binding types of direction {@code in} that this provider opens, for example {@code blob}.
   */
  Set<String> types();

  /**
   * Checks the binding, without I/O.
   *
   * @throws BindingException when it can't work as it is written
   */
  Input open(BindingContext context) throws BindingException;

  @Override
  default void close() {}

  /** One opened input; used by many invocations at once. */
  interface Input {
    /**
     * Reads the value for one event; {@link Payload#EMPTY} when there is none.
     *
     * @throws IOException when the source can't be read: the invocation fails
     */
    Payload read(BindingData data) throws IOException;
  }
}
