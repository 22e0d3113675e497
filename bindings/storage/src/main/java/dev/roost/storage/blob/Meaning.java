package dev.roost.storage.blob;

import java.io.IOException;

/** What a message asks for. */
sealed interface Meaning {

  /** A run with a blob. */
  record Start(BlobFunction function, BlobMessage message) implements Meaning {}

  /** A run of a function that this host does not have. */
  record Elsewhere(BlobMessage message) implements Meaning {}

  /**
   * No run at all.
   *
   * @param why for the log
   * @param expected false when such a message should not be there
   */
  record Nothing(String why, boolean expected) implements Meaning {}

  /**
   * A run of a function that is paused.
   *
   * @param copy puts the message back for later as a new one, so that the pause costs no attempt
   */
  record Later(Copy copy) implements Meaning {}

  /** Puts a message back. */
  @FunctionalInterface
  interface Copy {
    void send() throws IOException;
  }

  /** Reads messages. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param wire a body as it travels
     */
    Meaning read(String wire);
  }
}
