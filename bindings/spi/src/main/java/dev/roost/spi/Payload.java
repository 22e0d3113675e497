package dev.roost.spi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A body before conversion to the parameter's type, or after conversion from the value that left
 * the function. The kind matters: it decides the conversion (docs/compatibility.md).
 */
public sealed interface Payload {

  /** Text that was decoded. */
  record Text(String value) implements Payload {}

  /** Raw bytes; not copied, so nobody changes them. */
  @SuppressWarnings("ArrayRecordComponent") // identity is enough: payloads are never compared
  record Bytes(byte[] value) implements Payload {}

  /** A JSON value; as a String parameter it is its JSON text, quotes included. */
  record Json(JsonNode value) implements Payload {}

  /** Bytes that are read once and on demand, without being held in memory. */
  record Stream(Opener opener, long length) implements Payload {
    /** Opens the bytes; a second call may fail. */
    public interface Opener {
      InputStream open() throws IOException;
    }
  }

  /** An object that its binding and the host understand, such as {@link HttpRequest}. */
  record Native(Object value) implements Payload {}

  /** Several events delivered as one. */
  record Batch(List<Payload> items) implements Payload {
    public Batch {
      items = List.copyOf(items);
    }
  }

  /**
   * A body that its source could not decode. Binding it to any parameter fails the invocation with
   * this reason, so that the failure is seen; the source then settles it as its kind demands.
   *
   * @param reason what is wrong with it, in words and without the body itself
   */
  record Broken(String reason) implements Payload {}

  /** Nothing: a missing body, an unset output. */
  record Empty() implements Payload {}

  /** The one {@link Empty}. */
  Payload EMPTY = new Empty();
}
