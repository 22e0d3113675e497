package dev.roost.storage.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.SharedExecutorService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SdkTimersTest {
  private ScheduledExecutorService shared;

  @BeforeEach
  void provide() {
    SdkTimers.provide();
    shared = SharedExecutorService.getInstance().getExecutorService();
  }

  @Test
  void forgetsALimitThatWasNotNeeded() {
    assertThat(shared).isInstanceOf(SdkTimers.class);
    Future<?> limit = shared.schedule(() -> {}, 1, TimeUnit.HOURS);
    assertThat(((SdkTimers) shared).getQueue()).contains((Runnable) limit);
    limit.cancel(false);
    assertThat(((SdkTimers) shared).getQueue()).doesNotContain((Runnable) limit);
  }

  @Test
  void countsOnAThreadThatUserCodeCannotHoldUp() throws Exception {
    assertThat(
            shared
                .schedule(() -> Thread.currentThread().isVirtual(), 1, TimeUnit.MILLISECONDS)
                .get())
        .isFalse();
  }

  @Test
  void runsWhatBlocksAllAtOnce() throws Exception {
    int many = 200;
    CountDownLatch all = new CountDownLatch(many);
    List<Future<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      waiting.add(
          shared.submit(() -> {
            all.countDown();
            return all.await(1, TimeUnit.MINUTES);
          }));
    }
    for (Future<Boolean> each : waiting) {
      assertThat(each.get()).isTrue();
    }
  }

  @Test
  void providesTheSameOneAgain() {
    SdkTimers.provide();
    assertThat(SharedExecutorService.getInstance().getExecutorService()).isSameAs(shared);
  }
}
