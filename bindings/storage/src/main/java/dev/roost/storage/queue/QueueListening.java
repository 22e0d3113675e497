package dev.roost.storage.queue;

import dev.roost.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What all deliveries of one queue function have in common.
 *
 * @param function its name
 * @param queue where its messages come from
 * @param options how it is listened to
 * @param binary true when the function asks for bytes ({@code dataType} of function.json)
 * @param settlement what becomes of its messages
 */
record QueueListening(
    String function,
    LeasedQueue queue,
    QueueOptions options,
    boolean binary,
    Settlement settlement) {

  String reason() {
    return "New queue message detected on '" + queue.name() + "'.";
  }

  Duration renewEvery() {
    return queue.renewEvery();
  }

  Payload payload(LeasedMessage message) {
    Payload decoded = options.encoding().decode(message.wire());
    return asked(decoded);
  }

  /** Text as the bytes that the function asks for, if it does. */
  private Payload asked(Payload decoded) {
    return binary && decoded instanceof Payload.Text(String text)
        ? new Payload.Bytes(text.getBytes(StandardCharsets.UTF_8))
        : decoded;
  }

  /** A message that nobody sent. */
  Payload manual(Payload input) {
    return asked(input instanceof Payload.Empty ? new Payload.Text("") : input);
  }
}
