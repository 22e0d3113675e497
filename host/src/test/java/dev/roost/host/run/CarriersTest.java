package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class CarriersTest {
  /** More than any machine of ours has processors, and threads that never block. */
  private static final int SPINNING = 40;

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  @Test
  void codeThatNeverBlocksDoesNotKeepOtherVirtualThreadsFromRunning() throws Exception {
    AtomicBoolean spin = new AtomicBoolean(true);
    List<Thread> spinning = new ArrayList<>();
    try (PlatformWaiter waiter = new PlatformWaiter(new SystemClock());
        Carriers carriers = Carriers.watch(waiter, new SystemClock())) {
      int least = carriers.count();
      scheduler.setParallelism(least); // hosts of other tests in this JVM may have raised it
      for (int i = 0; i < SPINNING; i++) {
        spinning.add(
            Thread.ofVirtual()
                .start(() -> {
                  while (spin.get()) {
                    Thread.onSpinWait();
                  }
                }));
      }
      CountDownLatch ran = new CountDownLatch(1);
      Thread.ofVirtual().start(ran::countDown);

      assertThat(ran.await(1, TimeUnit.MINUTES)).as("ran while others spin").isTrue();
      await()
          .atMost(1, TimeUnit.MINUTES)
          .untilAsserted(() -> assertThat(scheduler.getParallelism()).isGreaterThan(least));

      spin.set(false);
      await()
          .atMost(2, TimeUnit.MINUTES)
          .untilAsserted(() -> assertThat(carriers.count()).isEqualTo(least));
    } finally {
      spin.set(false);
      for (Thread thread : spinning) {
        thread.join();
      }
    }
  }
}
