package dev.roost.servicebus.trigger;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.amqp.models.AmqpMessageBodyType;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.roost.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bodies of messages: bytes as a rule, single AMQP values where a sender made such. */
final class Bodies {
  private Bodies() {}

  /**
   * The body before conversion: text when it is UTF-8, else bytes.
   *
   * @param binary true to leave text undecoded
   */
  static Payload payload(ServiceBusReceivedMessage message, boolean binary) {
    AmqpMessageBody body = message.getRawAmqpMessage().getBody();
    if (body.getBodyType() == AmqpMessageBodyType.DATA) {
      return of(message.getBody().toBytes(), binary);
    }
    if (body.getBodyType() == AmqpMessageBodyType.SEQUENCE) {
      return new Payload.Broken("its body is an AMQP sequence, which has no text");
    }
    return switch (body.getValue()) {
      case null -> Payload.EMPTY;
      case byte[] bytes -> of(bytes, binary);
      case Object value -> of(value.toString().getBytes(StandardCharsets.UTF_8), binary);
    };
  }

  /** Bytes as the function asks for them. */
  static Payload of(byte[] bytes, boolean binary) {
    return binary
        ? new Payload.Bytes(bytes)
        : text(bytes).<Payload>map(Payload.Text::new).orElseGet(() -> new Payload.Bytes(bytes));
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
