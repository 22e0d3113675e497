package dev.roost.host.invoke;

import dev.roost.annotations.SessionState;
import dev.roost.spi.Payload;
import dev.roost.spi.SessionDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The state of a message's session as functions see it. */
final class Sessions {
  private Sessions() {}

  /** From what the binding data holds. */
  static SessionState state(Payload source) throws ConversionException {
    if (source instanceof Payload.Native(SessionDocument document)) {
      return new Stored(document);
    }
    throw new ConversionException("the event belongs to no session");
  }

  private record Stored(SessionDocument document) implements SessionState {
    @Override
    public String sessionId() {
      return document.id();
    }

    @Override
    public Optional<byte[]> read() {
      try {
        return document.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void write(byte[] state) {
      store(Optional.of(state));
    }

    @Override
    public void clear() {
      store(Optional.empty());
    }

    private void store(Optional<byte[]> state) {
      try {
        document.write(state);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
