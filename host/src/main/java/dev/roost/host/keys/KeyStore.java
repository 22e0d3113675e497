package dev.roost.host.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Where the documents of keys lie. Methods may block; safe for use by many threads. */
interface KeyStore {

  /**
   * A document and what tells its version.
   *
   * @param version of the store's own making
   */
  record Stored(KeyDocument document, String version) {
    @Override
    public String toString() {
      return "Stored";
    }
  }

  /** For people, for example {@code folder /run/secrets/functions-keys}. */
  String place();

  /** True when keys can be made and changed here. */
  boolean writable();

  /** How often to look for changes by others. */
  Duration lookEvery();

  /** The document of a scope, if there is one. */
  Optional<Stored> read(KeyScope scope) throws IOException;

  /**
   * Writes if nobody else did since.
   *
   * @param version what was read; empty when nothing was there
   * @return false when somebody else wrote meanwhile
   */
  boolean write(KeyScope scope, Optional<String> version, String text) throws IOException;
}
