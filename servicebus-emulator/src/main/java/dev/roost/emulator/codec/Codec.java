package dev.roost.emulator.codec;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.jspecify.annotations.Nullable;

/**
 * Messages from bytes and to bytes. Not thread-safe: the event loop owns one. The bytes come from
 * anybody, so whatever the decoder trips over is a {@link MalformedMessage}.
 */
public final class Codec {
  /** The message format of a transfer that carries several messages. */
  public static final int BATCH_FORMAT = 0x80013700;

  /** What header, annotations and properties of a common message fit into. */
  private static final int HEAD = 1024;

  private final DecoderImpl decoder = new DecoderImpl();
  private final EncoderImpl encoder = new EncoderImpl(decoder);

  /** Knows the types of AMQP 1.0. */
  public Codec() {
    AMQPDefinedTypes.registerAllTypes(decoder, encoder);
  }

  /** The messages of one transfer: several when its format says so. */
  public List<Message> decode(byte[] bytes, int format) {
    if (format != BATCH_FORMAT) {
      return List.of(decode(bytes));
    }
    List<Message> messages = new ArrayList<>();
    for (Section section : Section.of(bytes)) {
      if (section.code() == Section.DATA) {
        messages.add(decode(Arrays.copyOfRange(bytes, section.payload(bytes), section.end())));
      }
    }
    return messages;
  }

  /** One message. */
  public Message decode(byte[] bytes) {
    Header header = new Header();
    Map<Symbol, Object> annotations = Map.of();
    Properties properties = new Properties();
    Map<String, Object> applicationProperties = Map.of();
    int body = bytes.length;
    for (Section section : Section.of(bytes)) {
      if (section.code() >= Section.DATA) {
        body = Math.min(body, section.start());
        continue;
      }
      if (body < bytes.length) {
        throw new MalformedMessage("a message's body comes last");
      }
      switch (read(bytes, section)) {
        case Header found -> header = found;
        case MessageAnnotations found -> annotations = symbols(found.getValue());
        case Properties found -> properties = found;
        case ApplicationProperties found -> applicationProperties = strings(found.getValue());
        default -> {
          // Delivery annotations end at the first peer.
        }
      }
    }
    return new Message(
        header,
        annotations,
        properties,
        applicationProperties,
        new Binary(bytes, body, bytes.length - body));
  }

  /** The value of a message whose body is an {@code amqp-value}; null for any other. */
  public @Nullable Object value(Message message) {
    byte[] bytes = bytes(message.body());
    for (Section section : Section.of(bytes)) {
      if (section.code() == Section.VALUE && read(bytes, section) instanceof AmqpValue value) {
        return value.getValue();
      }
    }
    return null;
  }

  /** The body that {@link #value} reads. */
  public Binary body(Object value) {
    return new Binary(written(HEAD, () -> encoder.writeObject(new AmqpValue(value))));
  }

  /** The message with the count and the annotations that the broker gives it. */
  public byte[] encode(Message message, int deliveryCount, Map<Symbol, Object> annotations) {
    Header header = new Header(message.header());
    header.setDeliveryCount(UnsignedInteger.valueOf(deliveryCount));
    Binary body = message.body();
    return written(
        HEAD + body.getLength(),
        () -> {
          encoder.writeObject(header);
          encoder.writeObject(new MessageAnnotations(annotations));
          encoder.writeObject(message.properties());
          if (!message.applicationProperties().isEmpty()) {
            encoder.writeObject(new ApplicationProperties(message.applicationProperties()));
          }
          encoder.getBuffer().put(body.getArray(), body.getArrayOffset(), body.getLength());
        });
  }

  private byte[] written(int room, Runnable write) {
    ByteBuffer buffer = ByteBuffer.allocate(room);
    encoder.setByteBuffer(buffer);
    try {
      write.run();
    } catch (BufferOverflowException _) {
      return written(2 * room, write);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private Object read(byte[] bytes, Section section) {
    decoder.setByteBuffer(ByteBuffer.wrap(bytes, section.start(), section.end() - section.start()));
    try {
      return decoder.readObject();
    } catch (RuntimeException | StackOverflowError e) {
      // The decoder checks little: hostile bytes show as casts, indexes, buffers or its own errors.
      throw new MalformedMessage(e);
    }
  }

  private static Map<Symbol, Object> symbols(@Nullable Map<Symbol, Object> map) {
    return map == null ? Map.of() : map;
  }

  private static Map<String, Object> strings(@Nullable Map<String, Object> map) {
    if (map == null) {
      return Map.of();
    }
    Map<String, Object> strings = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new MalformedMessage("an application property's name is a string");
      }
      strings.put(key, entry.getValue());
    }
    return strings;
  }

  private static byte[] bytes(Binary binary) {
    int from = binary.getArrayOffset();
    return Arrays.copyOfRange(binary.getArray(), from, from + binary.getLength());
  }
}
