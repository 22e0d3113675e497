package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Lanes lanes = new Lanes(clock, 2);
  private final List<String> ran = new ArrayList<>();

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  @Test
  void whatFindsNoLaneRunsBehindWhatRuns() {
    lanes.run(() -> {
      lanes.run(() -> {
        lanes.run(task("third"));
        lanes.run(task("fourth"));
        ran.add("second");
      });
      ran.add("first");
    });
    assertThat(ran).containsExactly("second", "third", "fourth", "first");
    lanes.run(task("fifth"));
    assertThat(ran).endsWith("fifth");
  }

  @Test
  void whatThrowsDoesNotBlockItsLane() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              lanes.run(() -> {
                lanes.run(() -> {
                  lanes.run(task("behind"));
                  throw new IllegalStateException("broken");
                });
              }))
          .hasMessage("broken");
    }
    clock.advance(Duration.ZERO);
    assertThat(ran).containsExactly("behind", "behind", "behind");
  }
}
