package dev.roost.host.export;

/** Something that can't be exported truly; the message says what, why, and the remedy. */
public final class ExportException extends Exception {
  private static final long serialVersionUID = 1;

  public ExportException(String message) {
    super(message);
  }
}
