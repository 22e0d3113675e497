package dev.roost.storage.poison;

import dev.roost.storage.queue.LeasedMessage;
import java.io.IOException;
import java.util.Optional;

/** Deletes a message for good, and its record after it. */
record Drop(Pace pace, Redrive.Records records) implements PoisonDesk.Fate {
  @Override
  public Optional<String> settle(LeasedMessage held, PoisonMessage message)
      throws IOException, InterruptedException {
    pace.await();
    if (!held.delete()) {
      return Optional.of("somebody else took it meanwhile");
    }
    records.forget(message);
    return Optional.empty();
  }
}
