package dev.roost.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
  private static final InvocationScope SCOPE = new InvocationScope("Orders", "id-1");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Handler handler;

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void install(LogOutput.Form form) {
    handler = LogOutput.install(form, out);
  }

  @AfterEach
  void remove() {
    Logger.getLogger("").removeHandler(handler);
  }

  @Test
  void tellTheInvocationOfAUsersLoggerFromAnyThread() throws InterruptedException {
    install(LogOutput.Form.TEXT);
    Logger user = UserLogger.of(SCOPE);
    Thread.ofPlatform().start(() -> user.log(Level.WARNING, "stock of {0} is low", "tea")).join();
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .matches("\\S+Z Warning Function\\.Orders\\.User \\[Orders id-1]: stock of tea is low");
  }

  @Test
  void tellTheInvocationOfWhatIsPrinted() {
    install(LogOutput.Form.TEXT);
    PrintStream printed = PrintedLines.stream();
    ScopedValue.where(InvocationScope.CURRENT, SCOPE)
        .run(() -> printed.println("half {0} and\nwhole"));
    printed.println("outside");
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0)).endsWith("Function.Orders.User [Orders id-1]: half {0} and");
    assertThat(lines().get(1)).endsWith("Function.Orders.User [Orders id-1]: whole");
    assertThat(lines().get(2)).endsWith("Information Console: outside");
  }

  @Test
  void areOneJsonObjectEach() throws IOException {
    install(LogOutput.Form.JSON);
    UserLogger.of(SCOPE).log(Level.SEVERE, "it \"broke\"", new IllegalStateException("why"));
    assertThat(lines()).hasSize(1);
    JsonNode line = JsonMapper.builder().build().readTree(lines().getFirst());
    assertThat(line.path("level").asText()).isEqualTo("Error");
    assertThat(line.path("category").asText()).isEqualTo("Function.Orders.User");
    assertThat(line.path("function").asText()).isEqualTo("Orders");
    assertThat(line.path("invocationId").asText()).isEqualTo("id-1");
    assertThat(line.path("message").asText()).isEqualTo("it \"broke\"");
    assertThat(line.path("exception").asText()).contains("IllegalStateException: why");
    assertThat(Instant.parse(line.path("timestamp").asText()))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:30:00Z, 2026-01-31T09:30:00.000000Z",
    "2026-01-31T09:30:00.000001999Z, 2026-01-31T09:30:00.000001Z",
    "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999999Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500000Z",
  })
  void tellTheTimeToTheMicrosecond(Instant time, String text) {
    StringBuilder line = new StringBuilder("at ");
    TimeStamp.append(time, line);
    assertThat(line).hasToString("at " + text);
  }

  @Test
  void areWholeAndInOrderWhenManyThreadsLogAtOnce() throws InterruptedException {
    install(LogOutput.Form.JSON);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Logger user = UserLogger.of(new InvocationScope("F" + i, "id"));
      threads.add(
          Thread.ofVirtual()
              .start(() -> IntStream.range(0, 500).forEach(n -> user.info("number " + n))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    handler.flush();
    Map<String, List<String>> byFunction =
        lines().stream()
            .map(LinesTest::read)
            .collect(
                Collectors.groupingBy(
                    line -> line.path("function").asText(),
                    Collectors.mapping(
                        line -> line.path("message").asText(), Collectors.toList())));
    assertThat(byFunction).hasSize(16);
    assertThat(byFunction.values())
        .allSatisfy(messages ->
            assertThat(messages)
                .containsExactlyElementsOf(
                    IntStream.range(0, 500).mapToObj(n -> "number " + n).toList()));
  }

  @Test
  void holdUpWhoLogsWhileTheStreamTakesNoMore() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger told = new AtomicInteger();
    handler = LogOutput.install(LogOutput.Form.JSON, new Blocked(open, out));
    String text = "x".repeat(1_000);
    int lines = 4_000;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Logger user = UserLogger.of(SCOPE);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < lines / 4; n++) {
                  user.info(text);
                  told.incrementAndGet();
                }
              }));
    }
    await().until(() -> threads.stream().allMatch(LinesTest::isHeldUp));
    assertThat(told.get()).as("held in memory").isBetween(100, 600);
    open.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    handler.close();
    assertThat(lines()).hasSize(lines);
  }

  private static boolean isHeldUp(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static JsonNode read(String line) {
    try {
      return JsonMapper.builder().build().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes nothing until it is opened. */
  private static final class Blocked extends OutputStream {
    private final CountDownLatch open;
    private final OutputStream out;

    Blocked(CountDownLatch open, OutputStream out) {
      this.open = open;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(e.toString());
      }
      out.write(bytes, from, length);
    }
  }
}
