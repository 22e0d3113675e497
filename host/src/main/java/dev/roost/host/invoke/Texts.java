package dev.roost.host.invoke;

import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text and the bytes of a payload; text is UTF-8. */
final class Texts {
  private Texts() {}

  /** The text of a single value; JSON as its JSON text. */
  static String of(Payload source) throws ConversionException {
    return switch (source) {
      case Payload.Text text -> text.value();
      case Payload.Json json -> json.value().toString();
      default -> new String(bytes(source), StandardCharsets.UTF_8);
    };
  }

  /** The bytes of a single value. */
  static byte[] bytes(Payload source) throws ConversionException {
    return switch (source) {
      case Payload.Bytes bytes -> bytes.value().clone();
      case Payload.Stream stream -> all(stream);
      case Payload.Text _, Payload.Json _ -> of(source).getBytes(StandardCharsets.UTF_8);
      case Payload.Empty _ -> new byte[0];
      case Payload.Broken(String reason) -> throw new ConversionException(reason);
      case Payload.Batch _ ->
          throw new ConversionException(
              "several events come as one; declare a List or an array, or cardinality ONE");
      case Payload.Native(Object value) ->
          throw new ConversionException("this binding gives a " + value.getClass().getName());
    };
  }

  private static byte[] all(Payload.Stream stream) throws ConversionException {
    try (InputStream in = stream.opener().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ConversionException("the data can't be read: " + e.getMessage(), e);
    }
  }
}
