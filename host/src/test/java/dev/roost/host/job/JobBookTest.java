package dev.roost.host.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStateStore;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobBookTest {
  private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

  private final MemoryStateStore store = new MemoryStateStore(new ManualClock(START));
  private final JobBook book = new JobBook(store, "app");

  private static Execution execution(int second) {
    return new Execution(
        "Nightly",
        "id-" + second,
        "manual",
        START.plusSeconds(second),
        START.plusSeconds(second + 2L),
        new Result(Ending.SUCCEEDED, 3, 2, 0, OptionalLong.of(1), ""));
  }

  @Test
  void listsTheNewestFirst() throws IOException {
    for (int second : new int[] {5, 900, 30}) {
      book.write(execution(second));
    }
    assertThat(book.last(2))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"id-900\""),
            second -> assertThat(second).contains("\"id-30\""));
    assertThat(new JobBook(store, "other").last(2)).isEmpty();
  }

  @Test
  void forgetsTheOldest() throws IOException {
    for (int second = 0; second < JobBook.KEPT + 3; second++) {
      book.write(execution(second));
    }
    assertThat(store.list("azure-webjobs-hosts/roost/app/jobs/", 2 * JobBook.KEPT))
        .hasSize(JobBook.KEPT)
        .noneMatch(path -> path.endsWith("-id-0"));
  }

  @Test
  void tellsWhatAProgramWantsToKnow() {
    assertThat(execution(1).json().toString())
        .isEqualTo(
            "{\"function\":\"Nightly\",\"execution\":\"id-1\",\"job\":\"manual\","
                + "\"start\":\"2026-11-22T20:00:01Z\",\"end\":\"2026-11-22T20:00:03Z\","
                + "\"durationMs\":2000,\"attempts\":3,\"outcome\":\"succeeded\",\"done\":2,"
                + "\"failed\":0,\"left\":1}");
  }
}
