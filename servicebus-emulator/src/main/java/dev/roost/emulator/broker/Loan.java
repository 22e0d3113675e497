package dev.roost.emulator.broker;

import dev.roost.emulator.time.Alarm;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message locked by a receiver.
 *
 * @param until when the lock ends unless it is renewed; of a session's message, as lent
 * @param alarm what ends it; null when the session's lock does
 * @param session the session it was received in
 * @param holder the link it went to; null when it was asked for by number
 */
record Loan(
    UUID token,
    Instant until,
    @Nullable Alarm alarm,
    @Nullable Session session,
    @Nullable Consumer holder) {

  void cancel() {
    if (alarm != null) {
      alarm.cancel();
    }
  }
}
