package dev.roost.host.invoke;

import dev.roost.spi.Payload;
import org.jspecify.annotations.Nullable;

/** Turns a payload into a value of one type; made once per parameter, used by many threads. */
@FunctionalInterface
interface Converter {

  /**
   * The value; null when there is none.
   *
   * @throws ConversionException when the payload can't become the type
   */
  @Nullable Object convert(Payload source) throws ConversionException;
}
