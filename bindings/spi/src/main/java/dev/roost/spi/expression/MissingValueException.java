package dev.roost.spi.expression;

import java.io.IOException;

/**
 * The event has no value for an expression: the invocation fails. It is an {@link IOException} so
 * that inputs and outputs pass it on as what it is to them, data that can't be read.
 */
public final class MissingValueException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingValueException(String message) {
    super(message);
  }
}
