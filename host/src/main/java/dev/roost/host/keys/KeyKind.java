package dev.roost.host.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a key opens. */
public enum KeyKind {
  /** Everything. There is one, called {@code master}. */
  MASTER("masterKey", "Master00"),
  /** All functions of level {@code function}. */
  HOST("functionKeys", "Functi00"),
  /** Webhooks of bindings, and functions of level {@code system}. */
  SYSTEM("systemKeys", "System00"),
  /** One function. */
  FUNCTION("keys", "Functi00");

  private final String property;
  private final long seed;

  KeyKind(String property, String label) {
    this.property = property;
    this.seed = ByteBuffer.wrap(label.getBytes(StandardCharsets.US_ASCII)).getLong();
  }

  /** Its property in the official document. */
  String property() {
    return property;
  }

  /** Starts the checksum of generated keys of this kind. */
  long seed() {
    return seed;
  }

  /** Where keys of this kind lie. */
  KeyScope scope(String function) {
    return this == FUNCTION ? KeyScope.of(function) : KeyScope.HOST;
  }
}
