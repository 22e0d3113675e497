package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final List<String> started = new ArrayList<>();

  private boolean enter(Throttle throttle, String name) {
    return throttle.enter(() -> started.add(name));
  }

  @Test
  void letsEverybodyInWithoutBounds() {
    Throttle throttle = new Throttle(-1, -1);
    for (int i = 0; i < 1000; i++) {
      assertThat(enter(throttle, "r" + i)).isTrue();
    }
    assertThat(started).hasSize(1000);
  }

  @Test
  void startsWaitingRequestsInTheirOrder() {
    Throttle throttle = new Throttle(-1, 1);
    assertThat(enter(throttle, "a")).isTrue();
    assertThat(enter(throttle, "b")).isTrue();
    assertThat(enter(throttle, "c")).isTrue();
    assertThat(started).containsExactly("a");
    throttle.leave();
    assertThat(started).containsExactly("a", "b");
    throttle.leave();
    throttle.leave();
    assertThat(started).containsExactly("a", "b", "c");
  }

  @Test
  void countsThoseWhoWaitAmongTheOutstanding() {
    Throttle throttle = new Throttle(2, 1);
    assertThat(enter(throttle, "runs")).isTrue();
    assertThat(enter(throttle, "waits")).isTrue();
    assertThat(enter(throttle, "too many")).isFalse();
    throttle.leave();
    assertThat(enter(throttle, "fits again")).isTrue();
    assertThat(started).containsExactly("runs", "waits");
  }

  @Test
  void boundsTheOutstandingAlone() {
    Throttle throttle = new Throttle(1, -1);
    assertThat(enter(throttle, "a")).isTrue();
    assertThat(enter(throttle, "b")).isFalse();
    throttle.leave();
    assertThat(enter(throttle, "c")).isTrue();
  }
}
