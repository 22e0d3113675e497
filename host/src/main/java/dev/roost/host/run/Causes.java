package dev.roost.host.run;

/** Tells a failure to a person. */
final class Causes {
  private static final int LONGEST = 300;

  private Causes() {}

  /** The innermost cause that says something, in one bounded line. */
  static String inOneLine(Throwable failure) {
    String text = "";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank()) {
        text = t.getClass().getSimpleName() + ": " + message;
      } else if (text.isEmpty()) {
        text = t.getClass().getSimpleName();
      }
    }
    String line = text.lines().findFirst().orElse(text).strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
