package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.MemoryStateStore;
import dev.roost.testkit.SkewedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locks among hosts whose clocks differ by more than any lease lasts. */
class ClockSkewTest {
  private static final Duration STEP = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryLeaseProvider shared = new MemoryLeaseProvider(clock);
  private final MemoryStateStore documents = new MemoryStateStore(clock);

  private Node node(String name, int minutesAhead) {
    Node node = new Node(name, clock, shared, documents);
    node.host.clock = new SkewedClock(clock, Duration.ofMinutes(minutesAhead));
    return node.keep(LeaseOptions.DEFAULT);
  }

  @ParameterizedTest(name = "holder {0} min, waiter {1} min")
  @CsvSource({"10, 0", "0, 10", "-10, 0", "0, -10", "10, -10", "-10, 10"})
  void aDeadHolderIsFollowedInTimeWhateverTheClocksSay(int holder, int waiter) {
    Node first = node("first", holder);
    Node second = node("second", waiter);
    first.compete();
    second.compete();
    for (int i = 0; i < 600; i++) {
      pass(first, second);
    }
    assertThat(first.told).containsExactly("elected");
    int asked = second.leases.acquired;
    first.stop();
    int steps = 0;
    while (!second.holds() && steps < 3_000) {
      pass(first, second);
      steps++;
    }
    assertThat(STEP.multipliedBy(steps)).isLessThanOrEqualTo(Duration.ofSeconds(32));
    assertThat(second.leases.acquired - asked).as("without a storm").isLessThan(20);
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "-10, 0"})
  void askingDoesNotGetTightWhileTheHolderLives(int holder, int waiter) {
    Node first = node("first", holder);
    Node second = node("second", waiter);
    first.compete();
    second.compete();
    for (int i = 0; i < 36_000; i++) {
      pass(first, second);
    }
    assertThat(first.told).containsExactly("elected");
    assertThat(second.leases.acquired).isLessThan(300);
  }

  private void pass(Node first, Node second) {
    clock.advance(STEP);
    assertThat(first.holds() && second.holds()).as("both hold at %s", clock.now()).isFalse();
  }
}
