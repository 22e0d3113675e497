package dev.roost.host.invoke;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A value can't become what a parameter asks for. The message names function, parameter and type
 * and never shows the value. It has no stack trace of its own: there is nothing of the user's in
 * it.
 */
public sealed class ConversionException extends Exception permits RefusedRequest {
  private final String field;

  ConversionException(String reason) {
    this(reason, null);
  }

  ConversionException(String reason, @Nullable Throwable cause) {
    this(reason, "", cause);
  }

  private ConversionException(String reason, String field, @Nullable Throwable cause) {
    super(reason, cause, true, false);
    this.field = field;
  }

  /** Where in a JSON text the value stands, as a JSONPath such as {@code $.items[0].count}. */
  final String field() {
    return field;
  }

  /** The same, told of a place in a JSON text. */
  final ConversionException in(String path) {
    return path.isEmpty() || path.equals("$")
        ? this
        : new ConversionException(path + ": " + getMessage(), path, getCause());
  }

  /** The same, told of a parameter. */
  final ConversionException at(String function, String parameter, Type type) {
    return new ConversionException(
        "function '"
            + function
            + "', "
            + parameter
            + " ("
            + type.getTypeName()
            + "): "
            + getMessage(),
        field,
        getCause());
  }
}
