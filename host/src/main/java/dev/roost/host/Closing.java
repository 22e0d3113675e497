package dev.roost.host;

import java.util.ArrayList;
import java.util.List;

/** Closes one thing after another, whatever the earlier ones throw. */
final class Closing {
  private final List<Exception> failures = new ArrayList<>();

  void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(e);
    } catch (Exception e) {
      // AutoCloseable may throw anything; all of it is collected and told at the end.
      failures.add(e);
    }
  }

  /** What was thrown, in order. */
  List<Exception> failures() {
    return failures;
  }
}
