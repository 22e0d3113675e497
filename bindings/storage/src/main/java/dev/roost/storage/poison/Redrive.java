package dev.roost.storage.poison;

import dev.roost.storage.queue.LeasedMessage;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts a message back to where it came from, so that none is lost: it is put there first, deleted
 * here next, and its record goes last. A crash in between leaves the message in both queues, or a
 * record without a message; never the other way round.
 *
 * @param origin where it goes
 * @param pace how fast
 * @param records forgets the record of a message that is gone
 */
record Redrive(Origin origin, Pace pace, Records records) implements PoisonDesk.Fate {

  /** Records of why messages are poison. */
  interface Records {
    void forget(PoisonMessage message) throws IOException;
  }

  @Override
  public Optional<String> settle(LeasedMessage held, PoisonMessage message)
      throws IOException, InterruptedException {
    Optional<String> refusal = origin.refusal(message);
    if (refusal.isPresent()) {
      return refusal;
    }
    pace.await();
    // Another desk may have it by now; then it is that one's to put back.
    if (!held.renew()) {
      return Optional.of("somebody else took it meanwhile");
    }
    origin.put(message.wire());
    if (!held.delete()) {
      return Optional.of(
          "somebody else took it while it was put back: it is in queue '"
              + origin.queue()
              + "' and may be poison still");
    }
    records.forget(message);
    return Optional.empty();
  }
}
