package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.storage.account.StorageFault;
import dev.roost.testkit.Await;
import dev.roost.testkit.RealTime;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The blob functions of one host on a real account, polled and settled as the host does. */
final class BlobHost implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(120);

  final TestHost host;
  final BlobTrigger trigger = new BlobTrigger();
  final List<Delivery> runs = new CopyOnWriteArrayList<>();
  final List<String> texts = new CopyOnWriteArrayList<>();
  final List<IOException> failures = new CopyOnWriteArrayList<>();

  final AtomicInteger settled = new AtomicInteger();

  /** How runs end. */
  volatile Function<Delivery, Outcome> outcome = _ -> new Outcome.Succeeded(Payload.EMPTY);

  private final RealTime time = new RealTime();
  private final Semaphore wake = new Semaphore(0);
  private Source.@Nullable Pull source;
  private @Nullable Thread loop;

  BlobHost(BlobAccount account) {
    this(account.host());
  }

  BlobHost(TestHost host) {
    this.host = host;
    host.clock = time;
    host.waiter = time;
  }

  BlobHost function(String name, String... properties) throws BindingException {
    source =
        (Source.Pull)
            trigger.open(
                host.context(name, BlobAccount.binding("blobTrigger", Direction.IN, properties)));
    return this;
  }

  Source.Pull source() {
    return source;
  }

  BlobHost start() throws IOException {
    source.start(wake::release);
    loop = Thread.ofPlatform().daemon().start(this::loop);
    return this;
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (round() == 0) {
          wake.tryAcquire(200, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private int round() throws InterruptedException {
    try {
      List<Delivery> deliveries = source.poll(32);
      for (Delivery delivery : deliveries) {
        texts.add(text(delivery));
        runs.add(delivery);
        delivery.invoked("invocation-" + runs.size());
        delivery.settle(outcome.apply(delivery));
        settled.incrementAndGet();
      }
      return deliveries.size();
    } catch (IOException e) {
      failures.add(e);
      return 0;
    }
  }

  private static String text(Delivery delivery) throws IOException {
    var stream = (Payload.Stream) delivery.payload();
    try (InputStream in = stream.opener().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (StorageFault e) {
      return "unreadable: " + e.status();
    }
  }

  /** {@code Function container/name}, in order. */
  List<String> ran() {
    List<String> ran = new ArrayList<>();
    for (Delivery delivery : runs) {
      ran.add(delivery.function() + " " + value(delivery, "BlobTrigger"));
    }
    return ran;
  }

  static String value(Delivery delivery, String name) {
    return switch (delivery.data().exactly(name).orElseThrow()) {
      case Payload.Text text -> text.value();
      case Payload.Json json -> json.value().toString();
      default -> throw new AssertionError(name);
    };
  }

  void awaitRuns(int count) throws Exception {
    Await.until(count + " runs, not " + ran(), LIMIT, () -> runs.size() >= count);
  }

  /** As a host that is told to end. */
  @Override
  public void close() {
    try {
      if (loop != null) {
        loop.interrupt();
        loop.join(LIMIT);
        source.stop();
      }
      time.close();
      host.closeShared();
    } catch (Exception e) { // what a try block may throw here is nobody's business but ours
      throw new IllegalStateException(e);
    }
  }
}
