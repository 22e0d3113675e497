package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Which blobs count for a function that is new: all, those from now on, or from an instant on. */
sealed interface StartFrom {

  /** All: the official host's rule, and the default. */
  record Beginning() implements StartFrom {
    @Override
    public String toString() {
      return "beginning";
    }
  }

  /** Those that are written after the function was first seen. */
  record Now() implements StartFrom {
    @Override
    public String toString() {
      return "now";
    }
  }

  /** Those that are written at an instant or later. */
  record At(Instant instant) implements StartFrom {
    @Override
    public String toString() {
      return instant.toString();
    }
  }

  /**
   * Reads {@code beginning}, {@code now} or an ISO instant.
   *
   * @throws BindingException when it is none of these
   */
  static StartFrom parse(String text) throws BindingException {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "beginning" -> {
        return new Beginning();
      }
      case "now" -> {
        return new Now();
      }
      default -> {
        try {
          return new At(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
          throw new BindingException(
              "startFrom",
              "'" + text + "' is no point to start from",
              "Write beginning, now, or an instant such as 2026-01-31T00:00:00Z.");
        }
      }
    }
  }
}
