package dev.roost.host.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * There is no place for keys.
 *
 * @param place why, for people
 */
record NoKeyStore(String place) implements KeyStore {
  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public Duration lookEvery() {
    return Duration.ofDays(1);
  }

  @Override
  public Optional<Stored> read(KeyScope scope) {
    return Optional.empty();
  }

  @Override
  public boolean write(KeyScope scope, Optional<String> version, String text) throws IOException {
    throw new IOException(place());
  }
}
