package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.TestHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartsTest {
  private final TestHost host = new TestHost();
  private final Starts starts = Starts.of(host);
  private final Instant due = host.manualClock.now().plusSeconds(1);
  private final List<String> written = new ArrayList<>();

  private void advance(String duration) {
    host.manualClock.advance(Duration.parse(duration));
  }

  @Test
  void anOutcomeIsWrittenAtOnceWhenNoStartIsDue() {
    starts.expect(due);
    starts.thenRun(() -> written.add("a"));
    assertThat(written).containsExactly("a");
  }

  @Test
  void outcomesAreWrittenAfterTheLastStartOfTheSecond() {
    Starts.Start first = starts.expect(due);
    Starts.Start second = starts.expect(due);
    starts.expect(due.plusSeconds(1));
    advance("PT1S");
    first.over();
    first.over();
    starts.thenRun(() -> written.add("a"));
    starts.thenRun(() -> written.add("b"));
    advance("PT0S");
    assertThat(written).isEmpty();
    second.over();
    advance("PT0S");
    assertThat(written).containsExactly("a", "b");
  }

  @Test
  void aStartThatHangsHoldsNothingForLongerThanASecond() {
    starts.expect(due);
    advance("PT1S");
    starts.thenRun(() -> written.add("a"));
    advance("PT0.999S");
    assertThat(written).isEmpty();
    advance("PT0.001S");
    assertThat(written).containsExactly("a");
  }

  @Test
  void allTimersOfAHostShareThem() {
    assertThat(Starts.of(host)).isSameAs(starts);
  }
}
