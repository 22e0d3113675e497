package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SDK's processors: they receive, renew and settle by themselves. */
class ProcessorTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void aProcessorCompletesWhatReturns() {
    String queue = BED.queue();
    BED.emulator();
    send(queue, 30);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    start(queue, 4, context -> seen.add(context.getMessage().getBody().toString()));

    BED.emulator().awaitIdle(TestBed.PATIENCE);

    assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    assertThat(BED.emulator().counts(queue).deadLettered()).isZero();
  }

  @Test
  void aProcessorAbandonsWhatThrows() {
    String queue = BED.queue();
    BED.emulator();
    send(queue, 1);
    Queue<Long> counts = new ConcurrentLinkedQueue<>();
    start(
        queue,
        1,
        context -> {
          counts.add(context.getMessage().getDeliveryCount());
          if (counts.size() < 3) {
            throw new IllegalStateException("not yet");
          }
        });

    BED.emulator().awaitIdle(TestBed.PATIENCE);

    assertThat(counts).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aProcessorWithoutPrefetchLocksWhatItRuns() throws InterruptedException {
    String queue = BED.queue();
    BED.emulator();
    send(queue, 20);
    CountDownLatch running = new CountDownLatch(4);
    CountDownLatch release = new CountDownLatch(1);
    start(
        queue,
        4,
        _ -> {
          running.countDown();
          await(release);
        });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(BED.emulator().counts(queue).locked()).isEqualTo(4);

    release.countDown();
    BED.emulator().awaitIdle(TestBed.PATIENCE);
  }

  @Test
  void aProcessorRenewsTheLockOfWhatRuns() {
    String queue = BED.queue(options -> options.lockDuration(Duration.ofSeconds(2)));
    BED.emulator();
    send(queue, 1);
    AtomicInteger runs = new AtomicInteger();
    start(
        queue,
        1,
        _ -> {
          runs.incrementAndGet();
          // More than two periods of the lock: real time, since the client renews by its own clock.
          await(new CountDownLatch(1), Duration.ofSeconds(5));
        });

    BED.emulator().awaitIdle(TestBed.PATIENCE);

    assertThat(runs).hasValue(1);
  }

  @Test
  void aSessionProcessorKeepsTheOrderOfEachSession() {
    String queue = BED.sessionQueue();
    BED.emulator();
    ServiceBusSenderClient sender = BED.sender(queue);
    for (int i = 0; i < 10; i++) {
      for (String session : List.of("a", "b", "c")) {
        sender.sendMessage(new ServiceBusMessage(Integer.toString(i)).setSessionId(session));
      }
    }
    Map<String, Queue<String>> seen = new ConcurrentHashMap<>();
    ServiceBusProcessorClient processor =
        BED.closing(
            BED.client()
                .sessionProcessor()
                .queueName(queue)
                .maxConcurrentSessions(3)
                .processMessage(context ->
                    seen.computeIfAbsent(
                            context.getMessage().getSessionId(), _ -> new ConcurrentLinkedQueue<>())
                        .add(context.getMessage().getBody().toString()))
                .processError(_ -> {})
                .buildProcessorClient());
    processor.start();

    BED.emulator().awaitIdle(TestBed.PATIENCE);

    List<String> inOrder = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    assertThat(seen).hasSize(3);
    assertThat(seen.values())
        .allSatisfy(each -> assertThat(each).containsExactlyElementsOf(inOrder));
  }

  @Test
  void aSessionProcessorGoesOnToTheNextSession() {
    String queue = BED.sessionQueue();
    BED.emulator();
    ServiceBusSenderClient sender = BED.sender(queue);
    IntStream.range(0, 4)
        .forEach(i -> sender.sendMessage(new ServiceBusMessage("m").setSessionId("s" + i)));
    ServiceBusProcessorClient processor =
        BED.closing(
            BED.client()
                .sessionProcessor()
                .queueName(queue)
                .maxConcurrentSessions(1)
                .sessionIdleTimeout(Duration.ofMillis(300))
                .processMessage(_ -> {})
                .processError(_ -> {})
                .buildProcessorClient());
    processor.start();

    BED.emulator().awaitIdle(TestBed.PATIENCE);

    assertThat(BED.emulator().counts(queue).active()).isZero();
  }

  private static void send(String queue, int count) {
    BED.sender(queue)
        .sendMessages(
            IntStream.range(0, count).mapToObj(i -> new ServiceBusMessage("m" + i)).toList());
  }

  private static void start(
      String queue, int concurrency, Consumer<ServiceBusReceivedMessageContext> handler) {
    ServiceBusProcessorClient processor =
        BED.closing(
            BED.client()
                .processor()
                .queueName(queue)
                .maxConcurrentCalls(concurrency)
                .processMessage(handler)
                .processError(_ -> {})
                .buildProcessorClient());
    processor.start();
  }

  private static void await(CountDownLatch latch) {
    await(latch, TestBed.PATIENCE);
  }

  private static void await(CountDownLatch latch, Duration most) {
    try {
      boolean _ = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
