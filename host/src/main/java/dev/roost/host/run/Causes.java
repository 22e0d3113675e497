package dev.roost.host.run;

import java.io.IOException;

/** Tells a failure to a person. */
final class Causes {
  private static final int LONGEST = 300;

  private Causes() {}

  /**
   * The first message on the way to the cause that is more than its cause's own, in one bounded
   * line: the binding that failed says what it did, what it wraps does not.
   */
  static String inOneLine(Throwable failure) {
    Throwable told = failure;
    while (told.getCause() != null && saysNothing(told, told.getCause())) {
      told = told.getCause();
    }
    String type = told.getClass().getSimpleName();
    String message = told.getMessage();
    String line =
        message == null || message.isBlank()
            ? type
            : message.strip().lines().findFirst().orElse(type);
    String text = told instanceof IOException || line.equals(type) ? line : type + ": " + line;
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static boolean saysNothing(Throwable failure, Throwable cause) {
    String message = failure.getMessage();
    return message == null || message.isBlank() || message.equals(cause.toString());
  }
}
