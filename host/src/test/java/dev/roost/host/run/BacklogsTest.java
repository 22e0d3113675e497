package dev.roost.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Backlog;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BacklogsTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aSourceThatCanNotBeAskedHidesNoOther() throws InterruptedException {
    Backlogs backlogs =
        of(
            () -> {
              throw new IOException("no answer");
            },
            () -> {
              throw new IllegalStateException("a bug");
            },
            () -> List.of(waiting(7)));

    assertThat(backlogs.current()).containsExactly(new FunctionBacklog(List.of("F2"), waiting(7)));
  }

  @Test
  void asksAgainOnlyAfterTenSeconds() throws InterruptedException {
    Backlogs backlogs = of(() -> List.of(waiting(asked.incrementAndGet())));

    assertThat(backlogs.current().getFirst().backlog().events()).isEqualTo(1);
    clock.advance(Duration.ofMillis(9_999));
    assertThat(backlogs.current().getFirst().backlog().events()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(backlogs.current().getFirst().backlog().events()).isEqualTo(2);
  }

  private interface Count {
    List<Backlog> now() throws IOException;
  }

  private Backlogs of(Count... counts) {
    List<Backlogs.Listened> listened = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      listened.add(new Backlogs.Listened(source(counts[i]), List.of("F" + i)));
    }
    return new Backlogs(() -> listened, clock);
  }

  private static Backlog waiting(long events) {
    return new Backlog("q", Backlog.Kind.WAITING, events, Optional.empty());
  }

  private static Source source(Count count) {
    return new Source.Push() {
      @Override
      public List<Backlog> backlog() throws IOException {
        return count.now();
      }

      @Override
      public int concurrency() {
        return 1;
      }

      @Override
      public void start(Sink sink) {}

      @Override
      public void stop() {}
    };
  }
}
