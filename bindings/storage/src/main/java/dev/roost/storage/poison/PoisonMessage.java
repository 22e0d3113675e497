package dev.roost.storage.poison;

import dev.roost.spi.Payload;
import dev.roost.storage.blob.BlobMessage;
import dev.roost.storage.queue.MessageEncoding;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a poison queue, with what is known of it.
 *
 * @param id of the message in the poison queue
 * @param poisonedOn when it was put there, by the account's clock
 * @param wire the body as it travels
 * @param record why it is there; empty when another host put it there, or the record is lost
 * @param function whose message it is; empty when nothing tells
 */
record PoisonMessage(
    String id,
    Instant poisonedOn,
    String wire,
    Optional<PoisonRecord> record,
    Optional<String> function) {

  /** The blob that it is about, when it is a message of the blob trigger. */
  Optional<BlobMessage> blob() {
    return BlobMessage.parse(wire);
  }

  /** The body for people: text where it is text, else as it travels. */
  String body() {
    return MessageEncoding.AUTO.decode(wire) instanceof Payload.Text(String text) ? text : wire;
  }
}
