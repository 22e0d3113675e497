package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.spi.SessionDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The state of a session that is ours. */
record StoredSession(ServiceBusReceiverAsyncClient receiver, String id, String place)
    implements SessionDocument {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public Optional<byte[]> read() throws IOException {
    byte @Nullable [] state =
        ServiceBusFault.call(
            "read the state of a session of '" + place + "'", receiver.getSessionState(), LIMIT);
    return Optional.ofNullable(state).filter(bytes -> bytes.length > 0);
  }

  @Override
  public void write(Optional<byte[]> state) throws IOException {
    Mono<Void> writing = receiver.setSessionState(state.orElse(null));
    ServiceBusFault.call("write the state of a session of '" + place + "'", writing, LIMIT);
  }
}
