package dev.roost.annotations;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a Service Bus session keeps beside its messages, for a parameter of a function whose trigger
 * has sessions: the checkpoint of a long job, for example. Only the call that holds the session can
 * read and write it, so nobody else changes it meanwhile. Each method is a call to the service; it
 * throws {@link java.io.UncheckedIOException} when that fails or the session was lost.
 */
public interface SessionState {

  /** The id of the session. */
  String sessionId();

  /** The state; empty when none was written. */
  Optional<byte[]> read();

  /** The state as text; empty when none was written. */
  default Optional<String> readText() {
    return read().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Replaces the state. It stays until it is replaced or cleared, also without messages. */
  void write(byte[] state);

  /** Replaces the state by text. */
  default void writeText(String state) {
    write(state.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes the state. */
  void clear();
}
