package dev.roost.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * What a session of a service bus keeps beside its messages: bytes that whoever holds the session
 * may read and write, such as the checkpoint of a long job. Binding data has it under {@value
 * #NAME}, inside a {@link Payload.Native}.
 */
public interface SessionDocument {

  /** The name in the binding data. */
  String NAME = "SessionState";

  /** The session's id. */
  String id();

  /**
   * Reads it.
   *
   * @return empty when nothing was written
   * @throws IOException when it can't be read, or the session was lost
   */
  Optional<byte[]> read() throws IOException;

  /**
   * Writes it.
   *
   * @param state empty to remove it
   * @throws IOException when it can't be written, or the session was lost
   */
  void write(Optional<byte[]> state) throws IOException;
}
