package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A function that still runs when its time is over. */
final class OverdueTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final CountDownLatch returns = new CountDownLatch(1);

  private String lateText() {
    try {
      returns.await();
    } catch (InterruptedException _) {
      return "interrupted";
    }
    return "too late";
  }

  @Test
  void itsClientIsAnsweredButItsPlaceStaysTakenUntilItReturns() throws Exception {
    try (TestApp app = new TestApp()) {
      app.host.extensions.put("http", TestApp.properties().put("maxOutstandingRequests", 1));
      app.listen();
      app.function("f", "", _ -> TestApp.text(lateText()));
      try (RawClient client = new RawClient(app.address()).get("/api/f")) {
        Await.until("it runs", LONG, () -> app.deliveries.size() == 1);
        app.deliveries.element().overdue();
        RawClient.Response answer = client.read();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        assertThat(client.get("/api/f").read().status()).as("no room").isEqualTo(429);
        returns.countDown();
        Await.until("there is room again", LONG, () -> client.get("/api/f").read().status() == 200);
      } finally {
        returns.countDown();
      }
    }
  }
}
