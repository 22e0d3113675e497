package dev.roost.storage.queue;

import dev.roost.spi.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** How a body travels in a message: {@code messageEncoding} of host.json. */
public enum MessageEncoding {
  /** As Base64; anything else is broken. */
  BASE64,
  /** As it is. */
  NONE,
  /**
   * Ours: Base64 where it decodes to readable text, as it is otherwise. Written as Base64. Binary
   * bodies need {@link #BASE64}.
   */
  AUTO;

  /** The encoding of this name in any case. */
  static Optional<MessageEncoding> of(String name) {
    for (MessageEncoding encoding : values()) {
      if (encoding.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /**
   * The body of a message: {@link Payload.Text} when it is UTF-8, {@link Payload.Bytes} otherwise,
   * {@link Payload.Broken} when it can't be decoded.
   *
   * @param wire the body as it travels
   */
  public Payload decode(String wire) {
    return switch (this) {
      case NONE -> new Payload.Text(wire);
      case AUTO ->
          new Payload.Text(
              base64(wire).flatMap(MessageEncoding::text).filter(this::readable).orElse(wire));
      case BASE64 ->
          base64(wire)
              .<Payload>map(bytes ->
                  text(bytes)
                      .<Payload>map(Payload.Text::new)
                      .orElseGet(() -> new Payload.Bytes(bytes)))
              .orElseGet(() ->
                  new Payload.Broken(
                      "the message is not Base64, which messageEncoding 'base64' demands; set"
                          + " messageEncoding to 'none' or 'auto' in extensions.queues of"
                          + " host.json"));
    };
  }

  /** Text as it travels. */
  public String encode(String text) {
    return this == NONE
        ? text
        : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Bytes as they travel.
   *
   * @throws IOException when this encoding can't carry them
   */
  public String encode(byte[] bytes) throws IOException {
    return this == NONE
        ? text(bytes)
            .orElseThrow(() ->
                new IOException(
                    "bytes that are not UTF-8 can't be sent with messageEncoding 'none'; set it to"
                        + " 'base64' in extensions.queues of host.json"))
        : Base64.getEncoder().encodeToString(bytes);
  }

  /** As .NET reads it: white space is skipped, padding is not optional. */
  private static Optional<byte[]> base64(String wire) {
    String dense =
        wire.chars().anyMatch(Character::isWhitespace) ? wire.replaceAll("\\s", "") : wire;
    if (dense.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(dense));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The bytes as text, if they are UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private boolean readable(String text) {
    return text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
  }
}
