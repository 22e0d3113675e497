package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;
import dev.roost.emulator.time.EmulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The message ids of the last time, oldest first. Without a window it remembers nothing. */
final class Duplicates {
  private final Optional<Duration> window;
  private final EmulatorClock clock;
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  Duplicates(Optional<Duration> window, EmulatorClock clock) {
    this.window = window;
    this.clock = clock;
  }

  /** Whether the id came before within the window; remembers it. */
  boolean has(Message message) {
    if (window.isEmpty() || message.messageId().isEmpty()) {
      return false;
    }
    Instant now = clock.now();
    forgetBefore(now.minus(window.get()));
    return seen.putIfAbsent(message.messageId().get(), now) != null;
  }

  private void forgetBefore(Instant oldest) {
    for (Iterator<Instant> times = seen.values().iterator();
        times.hasNext() && times.next().isBefore(oldest); ) {
      times.remove();
    }
  }
}
