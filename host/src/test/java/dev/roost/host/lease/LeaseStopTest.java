package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.run.PlatformWaiter;
import dev.roost.host.run.SystemClock;
import dev.roost.spi.Singletons;
import dev.roost.testkit.Await;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.MemoryStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that stops while it still asks for its locks, on the threads that it really has. */
class LeaseStopTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Logger LOG = Logger.getLogger("Host.Singleton");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryLeaseProvider shared = new MemoryLeaseProvider(clock);
  private final PlatformWaiter waiter = new PlatformWaiter(new SystemClock());
  private final Node node =
      new Node("first", clock, shared, new MemoryStateStore(clock)).keep(LeaseOptions.DEFAULT);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(listener);
    node.host.waiter = waiter;
    node.keep(LeaseOptions.DEFAULT);
    node.leases.asking =
        () -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted", e));
          }
        };
  }

  @AfterEach
  void end() {
    LOG.removeHandler(listener);
    answer.countDown();
    waiter.close();
  }

  @Test
  void givesBackALockThatComesWhileItStopsAndSaysNothingOfIt() throws Exception {
    Singletons.Candidacy candidacy = node.keeper.compete("Tick.Listener", node);
    asked.await();
    candidacy.close();
    Thread stopping =
        Thread.ofPlatform()
            .start(() -> {
              node.keeper.close();
              waiter.close();
            });
    Await.until(
        "it waits for the answer", LIMIT, () -> stopping.getState() == Thread.State.TIMED_WAITING);
    answer.countDown();
    stopping.join();

    assertThat(warnings).isEmpty();
    assertThat(node.told).isEmpty();
    assertThat(node.leases.released).isEqualTo(1);
    assertThat(shared.acquire(node.keeper.path("Tick.Listener"), Duration.ofSeconds(15)))
        .as("free for others")
        .isPresent();
  }

  @Test
  void asksForNoLockOnceItIsClosed() {
    Node closed = new Node("second", clock, shared, new MemoryStateStore(clock));
    closed.keep(LeaseOptions.DEFAULT).keeper.close();
    closed.compete();

    assertThat(closed.leases.acquired).isZero();
    assertThat(closed.told).isEmpty();
  }
}
