package dev.roost.spi.image;

import org.jspecify.annotations.Nullable;

/** An image could not be built; the message says what was found and the remedy. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public ImageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
