package dev.roost.spi;

import java.io.IOException;
import java.util.Set;

/** Opens output bindings: values that are written after the function returned. */
public interface OutputProvider extends AutoCloseable {

  /**
   * The binding types of direction {@code out} that this provider opens, for example {@code queue}.
   */
  Set<String> types();

  /**
   * Checks the binding, without I/O.
   *
   * @throws BindingException when it can't work as it is written
   */
  Output open(BindingContext context) throws BindingException;

  @Override
  default void close() {}

  /** One opened output; used by many invocations at once. */
  interface Output {
    /**
     * Writes the value that left the function; never called with {@link Payload.Empty}.
     *
     * @throws IOException when it could not be written: the invocation fails
     */
    void write(Payload value, BindingData data) throws IOException;
  }
}
