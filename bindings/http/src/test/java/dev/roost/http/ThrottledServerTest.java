package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** The bounds of host.json over real connections. */
final class ThrottledServerTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void queuesBehindTheRunningAndRefusesTheRest() throws Exception {
    Semaphore turns = new Semaphore(0);
    List<RawClient> clients = new ArrayList<>();
    try (TestApp app = new TestApp()) {
      app.host.extensions.put(
          "http",
          TestApp.properties().put("maxConcurrentRequests", 2).put("maxOutstandingRequests", 3));
      app.listen();
      app.function(
          "f",
          "",
          _ -> {
            turns.acquireUninterruptibly();
            return TestApp.text("done");
          });
      for (int i = 0; i < 2; i++) {
        clients.add(new RawClient(app.address()).get("/api/f"));
      }
      Await.until("two run", LONG, () -> app.deliveries.size() == 2);
      for (int i = 0; i < 2; i++) {
        clients.add(new RawClient(app.address()).get("/api/f"));
      }
      Await.until(
          "one is refused", LONG, () -> clients.get(2).hasAnswer() || clients.get(3).hasAnswer());
      assertThat(app.deliveries).hasSize(2);
      turns.release(3);
      List<String> answers = new ArrayList<>();
      for (RawClient client : clients) {
        RawClient.Response response = client.read();
        answers.add(response.status() + " " + response.first("x-function-scaleout").orElse(""));
      }
      assertThat(answers).containsExactlyInAnyOrder("200 ", "200 ", "200 ", "429 1");
      assertThat(new RawClient(app.address()).get("/nothing").read().status()).isEqualTo(404);
    } finally {
      turns.release(10);
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
