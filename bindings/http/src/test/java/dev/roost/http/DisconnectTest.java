package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that go away while their function runs. */
final class DisconnectTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final TestApp app = new TestApp();
  private final ConcurrentLinkedQueue<String> interrupts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Delivery> running = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> started = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() throws IOException {
    for (Delivery delivery : running) {
      delivery.settle(new Outcome.Abandoned("the test ends"));
    }
    app.close();
  }

  private void startRunning(String function) throws Exception {
    ObjectNode properties = TestApp.properties().put("authLevel", "anonymous");
    app.start(
        function,
        properties,
        delivery -> {
          delivery.started(interrupts::add);
          running.add(delivery);
          started.add(delivery.function());
          return true;
        });
  }

  @Test
  void interruptsAFunctionThatAskedForIt() throws Exception {
    app.host.functionSettings.put("eager", TestApp.properties().put("interruptOnDisconnect", true));
    app.listen();
    startRunning("eager");
    RawClient client = new RawClient(app.address());
    client.get("/api/eager");
    Await.until("it runs", LONG, () -> !started.isEmpty());
    assertThat(interrupts).isEmpty();
    client.close();
    Await.until("it is interrupted", LONG, () -> !interrupts.isEmpty());
    assertThat(interrupts).contains("The client closed the connection");
  }

  @Test
  void letsOtherFunctionsFinish() throws Exception {
    app.host.extensions.put("http", TestApp.properties().put("interruptOnDisconnect", true));
    app.host.functionSettings.put(
        "steady", TestApp.properties().put("interruptOnDisconnect", false));
    app.listen();
    startRunning("steady");
    startRunning("eager");
    RawClient steady = new RawClient(app.address()).get("/api/steady");
    Await.until("it runs", LONG, () -> started.contains("steady"));
    steady.close();
    RawClient eager = new RawClient(app.address()).get("/api/eager");
    Await.until("it runs", LONG, () -> started.contains("eager"));
    eager.close();
    Await.until("the eager one is interrupted", LONG, () -> !interrupts.isEmpty());
    assertThat(started).containsExactly("steady", "eager");
  }
}
