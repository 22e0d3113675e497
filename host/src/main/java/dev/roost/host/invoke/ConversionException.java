package dev.roost.host.invoke;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A value can't become what a parameter asks for. The message names function, parameter and type
 * and never shows the value. It has no stack trace of its own: there is nothing of the user's in
 * it.
 */
public final class ConversionException extends Exception {
  ConversionException(String reason) {
    this(reason, null);
  }

  ConversionException(String reason, @Nullable Throwable cause) {
    super(reason, cause, true, false);
  }

  /** The same, told of a parameter. */
  ConversionException at(String function, String parameter, Type type) {
    return new ConversionException(
        "function '"
            + function
            + "', "
            + parameter
            + " ("
            + type.getTypeName()
            + "): "
            + getMessage(),
        getCause());
  }
}
