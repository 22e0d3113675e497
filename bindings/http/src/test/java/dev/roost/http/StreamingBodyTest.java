package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import dev.roost.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that read the body while it arrives. */
final class StreamingBodyTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final TestApp app = new TestApp();

  @BeforeEach
  void listen() throws Exception {
    app.host.values.put("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "50000000");
    app.listen();
  }

  @AfterEach
  void close() {
    app.close();
  }

  private interface Reader {
    Payload read(InputStream body) throws IOException;
  }

  private void streaming(Reader reader) throws Exception {
    app.start(
        "s",
        TestApp.properties().put("authLevel", "anonymous").put("dataType", "stream"),
        app.answering(request -> {
          try (InputStream in = open(request)) {
            return reader.read(in);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }));
  }

  private static InputStream open(HttpRequest request) throws IOException {
    return request.body() instanceof Payload.Stream stream
        ? stream.opener().open()
        : InputStream.nullInputStream();
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  @Test
  void givesTheFunctionWhatHasArrivedSoFar() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    streaming(in -> {
      StringBuilder all = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        seen.set(all.append((char) c).toString());
      }
      return TestApp.text(all.toString());
    });
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(chunk("one"));
      Await.until("the first chunk is read", LONG, () -> seen.get().equals("one"));
      client.send(chunk("two"));
      Await.until("the second chunk is read", LONG, () -> seen.get().equals("onetwo"));
      client.send("0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("onetwo");
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nagain");
      assertThat(client.read().body()).isEqualTo("again");
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.read().body()).isEmpty();
    }
  }

  @Test
  void letsTheClientWaitForASlowFunction() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    streaming(in -> {
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return TestApp.text("" + in.readAllBytes().length);
    });
    String piece = "z".repeat(100_000);
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 40000000\r\n\r\n");
      Thread sender =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 400; i++) {
              try {
                client.send(piece);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              sent.addAndGet(piece.length());
            }
          });
      Await.until("the client is held back", LONG, () -> isSteady(sent));
      assertThat(sent.get()).isLessThan(30_000_000);
      app.host.manualClock.advance(Duration.ofMinutes(5));
      go.countDown();
      assertThat(client.read().body()).isEqualTo("40000000");
      sender.join();
    }
  }

  private static boolean isSteady(AtomicLong sent) throws InterruptedException {
    long before = sent.get();
    CountDownLatch never = new CountDownLatch(1);
    assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
    return before > 0 && sent.get() == before;
  }

  @Test
  void breaksTheStreamWhenTheClientGoesAway() throws Exception {
    AtomicReference<String> failure = new AtomicReference<>();
    streaming(in -> {
      try {
        in.readAllBytes();
      } catch (IOException e) {
        failure.set(e.getMessage());
      }
      return Payload.EMPTY;
    });
    RawClient client = new RawClient(app.address());
    client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc");
    Await.until("the function runs", LONG, () -> !app.deliveries.isEmpty());
    client.close();
    Await.until("the reader is told", LONG, () -> failure.get() != null);
    assertThat(failure.get()).isEqualTo("The client closed the connection");
  }

  @Test
  void answersBeforeTheBodyIsRead() throws Exception {
    streaming(_ -> TestApp.text("enough"));
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
      assertThat(client.read().body()).isEqualTo("enough");
      client.send("defghi");
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("enough");
    }
  }

  @Test
  void refusesAStreamBeyondTheLimit() throws Exception {
    streaming(in -> TestApp.text("" + in.readAllBytes().length));
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = chunk("q".repeat(1_000_000));
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < 60; i++) {
          try {
            client.send(chunk);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      });
      assertThat(client.read().status()).isEqualTo(413);
    }
  }

  @Test
  void keepsALongUploadInAFileUntilItIsAnswered() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    app.function(
        "upload",
        "upload",
        request -> {
          try (InputStream once = open(request);
              InputStream again = open(request)) {
            seen.set(once.readAllBytes().length + " " + again.readAllBytes().length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return TestApp.text(request.body().getClass().getSimpleName());
        });
    String type = "Content-Type: multipart/form-data; boundary=b\r\n";
    long before = uploads();
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          "POST /api/upload HTTP/1.1\r\nHost: h\r\n" + type + "Content-Length: 5000000\r\n\r\n");
      client.send("u".repeat(5_000_000));
      assertThat(client.read().body()).isEqualTo("Stream");
      assertThat(seen.get()).isEqualTo("5000000 5000000");
      client.send(
          "POST /api/upload HTTP/1.1\r\nHost: h\r\n" + type + "Content-Length: 5\r\n\r\nsmall");
      assertThat(client.read().body()).isEqualTo("Bytes");
    }
    Await.until("the file is deleted", LONG, () -> uploads() == before);
  }

  private static long uploads() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("roost-upload-"))
          .count();
    }
  }

  @Test
  void losesPatienceWithAClientThatTrickles() throws Exception {
    streaming(in -> TestApp.text("" + in.readAllBytes().length));
    try (RawClient client = new RawClient(app.address())) {
      client.send("POST /api/s HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc");
      Await.until("the function runs", LONG, () -> !app.deliveries.isEmpty());
      app.host.manualClock.advance(Duration.ofSeconds(10));
      assertThat(client.read().status()).isEqualTo(408);
    }
  }
}
