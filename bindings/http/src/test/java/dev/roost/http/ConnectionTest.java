package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.testkit.Await;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens on one connection: order, reuse, end, and patience. */
final class ConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TestApp app = new TestApp();
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void listen() throws Exception {
    app.function("echo", "echo/{id?}", request -> TestApp.text(request.uri().getPath()));
    app.function(
        "slow",
        "slow",
        _ -> {
          awaitRelease();
          return TestApp.text("slow");
        });
    app.listen();
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    released.countDown();
    app.close();
  }

  private RawClient client() throws Exception {
    return new RawClient(app.address());
  }

  @Test
  void servesManyRequestsOneAfterTheOther() throws Exception {
    try (RawClient client = client()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.get("/api/echo/" + i).read().body()).isEqualTo("/api/echo/" + i);
      }
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (RawClient client = client()) {
      client.get("/api/slow").get("/api/echo/1").get("/nothing").get("/api/echo/2");
      Await.until("slow runs", LONG, () -> !app.deliveries.isEmpty());
      released.countDown();
      assertThat(List.of(client.read(), client.read(), client.read(), client.read()))
          .extracting(response -> response.status() + response.body())
          .containsExactly("200slow", "200/api/echo/1", "404", "200/api/echo/2");
    }
  }

  @Test
  void answersThousandsOfPipelinedRequestsWithBodies() throws Exception {
    try (RawClient client = client()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 3000; i++) {
        requests
            .append("POST /api/echo/")
            .append(i)
            .append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
      }
      Thread.startVirtualThread(() -> sendQuietly(client, requests.toString()));
      for (int i = 0; i < 3000; i++) {
        assertThat(client.read().body()).isEqualTo("/api/echo/" + i);
      }
    }
  }

  private static void sendQuietly(RawClient client, String bytes) {
    try {
      client.send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '',                     false",
    "HTTP/1.1, Connection: close,      true",
    "HTTP/1.1, Connection: keep-alive, false",
    "HTTP/1.0, '',                     true",
    "HTTP/1.0, Connection: keep-alive, false"
  })
  void keepsOrClosesAsTheClientAsks(String version, String header, boolean closes)
      throws Exception {
    try (RawClient client = client()) {
      client.send(
          "GET /api/echo "
              + version
              + "\r\nHost: h\r\n"
              + (header.isEmpty() ? "" : header + "\r\n")
              + "\r\n");
      RawClient.Response response = client.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.first("connection").orElse("").equals("close")).isEqualTo(closes);
      if (closes) {
        assertThat(client.isClosedByServer()).isTrue();
      } else {
        assertThat(client.get("/api/echo").read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void tellsAnOldClientThatTheConnectionStays() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /api/echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.read().first("connection")).hasValue("keep-alive");
    }
  }

  @Test
  void dropsASmallBodyThatNobodyWantsAndGoesOn() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.send("12345").get("/api/echo").read().status()).isEqualTo(200);
    }
  }

  @Test
  void closesInsteadOfReadingALongBodyThatNobodyWants() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\n\r\n");
      assertThat(client.read().first("connection")).hasValue("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void answersAClientThatHasEndedItsSide() throws Exception {
    try (RawClient client = client()) {
      client.get("/api/slow");
      client.endOutput();
      Await.until("slow runs", LONG, () -> !app.deliveries.isEmpty());
      released.countDown();
      assertThat(client.read().body()).isEqualTo("slow");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesWhenTheClientEndsAnIdleConnection() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.get("/api/echo").read().status()).isEqualTo(200);
      client.endOutput();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/ec,                                                            31, 408",
    "'GET /api/echo HTTP/1.1|Host: h|',                                      31, 408",
    "'POST /api/echo HTTP/1.1|Host: h|Content-Length: 9||abc',               7,  408",
    "'POST /api/echo HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|abc',    7,  408",
    "'',                                                                     132, 0"
  })
  void losesPatienceWithASlowClient(String begun, int seconds, int status) throws Exception {
    try (RawClient client = client();
        RawClient probe = client()) {
      client.send(begun.replace("|", "\r\n"));
      assertThat(probe.get("/api/echo").read().status()).isEqualTo(200);
      Await.until(
          "the server loses patience",
          LONG,
          () -> {
            app.host.manualClock.advance(Duration.ofSeconds(seconds));
            return client.hasAnswer();
          });
      if (status > 0) {
        assertThat(client.read().status()).isEqualTo(status);
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void waitsAsLongAsTheFunctionTakes() throws Exception {
    try (RawClient client = client()) {
      client.get("/api/slow");
      Await.until("slow runs", LONG, () -> !app.deliveries.isEmpty());
      app.host.manualClock.advance(Duration.ofMinutes(10));
      released.countDown();
      assertThat(client.read().body()).isEqualTo("slow");
    }
  }

  @Test
  void doesNotMindAClientThatIsGoneWhenItIsAnswered() throws Exception {
    RawClient client = client();
    client.get("/api/slow");
    Await.until("slow runs", LONG, () -> !app.deliveries.isEmpty());
    client.close();
    released.countDown();
    try (RawClient next = client()) {
      assertThat(next.get("/api/echo").read().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotAnswerTwice() throws Exception {
    app.start(
        "twice",
        TestApp.properties().put("authLevel", "anonymous"),
        delivery -> {
          try {
            delivery.settle(new Outcome.Succeeded(new Payload.Text("one")));
            delivery.settle(new Outcome.Succeeded(new Payload.Text("two")));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return true;
        });
    try (RawClient client = client()) {
      client.get("/api/twice").get("/api/echo");
      assertThat(client.read().body()).isEqualTo("one");
      assertThat(client.read().body()).isEqualTo("/api/echo");
    }
  }

  @Test
  void sendsALongAnswerToItsEndBeforeTheServerStops() throws Exception {
    String text = "long ".repeat(2_000_000);
    app.function("long", "long", _ -> TestApp.text(text));
    try (RawClient client = client();
        RawClient idle = client()) {
      assertThat(idle.get("/api/echo").read().status()).isEqualTo(200);
      client.get("/api/long");
      assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
      Thread stopper = Thread.startVirtualThread(app.binding::close);
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(client.rest()).endsWith(text);
      stopper.join();
    }
  }

  @Test
  void holdsManyIdleConnectionsAndStillAnswers() throws Exception {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        idle.add(client());
      }
      for (RawClient one : idle) {
        assertThat(one.get("/api/echo").read().status()).isEqualTo(200);
      }
    } finally {
      for (RawClient one : idle) {
        one.close();
      }
    }
  }

  @Test
  void closesTheConnectionWhenAnAnswerBreaksOff() throws Exception {
    app.function(
        "cut",
        "cut",
        _ ->
            new Payload.Native(
                new HttpResponse(200, List.of(), new Payload.Stream(BrokenStream::new, 1000))));
    try (RawClient client = client()) {
      client.get("/api/cut");
      assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void sendsNoMoreOfAStreamThanItsLength() throws Exception {
    app.function("endless", "endless", _ -> new Payload.Stream(EndlessStream::new, 5));
    try (RawClient client = client()) {
      client.get("/api/endless").get("/api/echo");
      assertThat(client.read().body()).isEqualTo("yyyyy");
      assertThat(client.read().body()).isEqualTo("/api/echo");
    }
  }

  private static final class EndlessStream extends InputStream {
    @Override
    public int read() {
      return 'y';
    }
  }

  /** Yields a little and breaks. */
  private static final class BrokenStream extends InputStream {
    private int left = 10;

    @Override
    public int read() throws EOFException {
      if (left-- <= 0) {
        throw new EOFException("broken");
      }
      return 'x';
    }
  }
}
