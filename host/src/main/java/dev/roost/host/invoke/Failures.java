package dev.roost.host.invoke;

import dev.roost.spi.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What failed, as the user should see it. */
final class Failures {
  private static final String PERMANENT = "dev.roost.annotations.PermanentFailureException";
  private static final String LATER = "dev.roost.annotations.RetryLaterException";
  private static final String[] NOT_THE_USERS = {
    "dev.roost.host.",
    "java.lang.invoke.",
    "java.lang.reflect.",
    "jdk.internal.reflect.",
    "jdk.internal.vm.",
    "java.lang.ScopedValue",
    "java.lang.VirtualThread"
  };

  private Failures() {}

  /** The user's exception inside the one that reflection would have wrapped around it. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof InvocationTargetException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What the source of the event is told. */
  static Outcome.Failed outcome(Throwable failure) {
    return new Outcome.Failed(failure, isPermanent(failure), retryAfter(failure));
  }

  /** True when it or one of its causes says that another try can't help. */
  static boolean isPermanent(Throwable failure) {
    for (Throwable t : chain(failure)) {
      // By name: an app that brings its own copy of the annotations has another class of that name.
      for (Class<?> type = t.getClass(); type != null; type = type.getSuperclass()) {
        if (type.getName().equals(PERMANENT)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The pause that it or one of its causes asks for. */
  static Optional<Duration> retryAfter(Throwable failure) {
    for (Throwable t : chain(failure)) {
      for (Class<?> type = t.getClass(); type != null; type = type.getSuperclass()) {
        if (type.getName().equals(LATER)) {
          return pause(t);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> pause(Throwable later) {
    try {
      return later.getClass().getMethod("delay").invoke(later) instanceof Duration pause
          ? Optional.of(pause)
          : Optional.empty();
    } catch (ReflectiveOperationException _) { // an app's own class that only has the name
      return Optional.empty();
    }
  }

  /** True when the host interrupted the user's code for another reason than its time limit. */
  static boolean isInterrupt(Throwable failure) {
    return !(failure instanceof FunctionTimeoutException)
        && chain(failure).stream().anyMatch(InterruptedException.class::isInstance);
  }

  /**
   * Takes the host's frames and reflection out of the stack traces of it and its causes. What the
   * host itself threw keeps its trace.
   */
  static void trim(Throwable failure) {
    for (Throwable t : chain(failure)) {
      StackTraceElement[] all = t.getStackTrace();
      StackTraceElement[] users =
          Arrays.stream(all)
              .filter(frame -> !startsWith(frame, NOT_THE_USERS))
              .toArray(StackTraceElement[]::new);
      if (users.length < all.length && !isOurs(all)) {
        t.setStackTrace(users);
      }
    }
  }

  private static boolean isOurs(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .filter(frame -> !startsWith(frame, "java.", "jdk."))
        .findFirst()
        .filter(frame -> startsWith(frame, "dev.roost.host."))
        .isPresent();
  }

  private static boolean startsWith(StackTraceElement frame, String... prefixes) {
    return Arrays.stream(prefixes).anyMatch(frame.getClassName()::startsWith);
  }

  /** The innermost cause in one line, as the official worker reports failures. */
  static String inWords(Throwable failure) {
    Throwable root = failure;
    for (Throwable t : chain(failure)) {
      root = t;
    }
    return root.getClass().getSimpleName()
        + (root.getMessage() == null ? "" : ": " + root.getMessage());
  }

  /** A failure and its causes, outermost first; ends at a circle. */
  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
