package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a sweep keeps in memory does not depend on how large the container is. */
class SweepMemoryTest {
  /** Enough for the client and one page of 5,000 blobs; a list of 100,000 does not fit. */
  private static final String HEAP = "-Xmx40m";

  /** The blobs taken in by two sweeps, the most KiB alive, and what the second sweep looked at. */
  private record Figures(long taken, long mostKib, long lookedAgain) {}

  @Test
  void needsNoMoreForAHundredThousandBlobsThanForTen() throws Exception {
    Figures thousand = sweep(1_000);
    Figures ten = sweep(10_000);
    Figures hundred = sweep(100_000);
    System.out.printf(
        "sweep memory: alive at the most %d KiB for 1,000 blobs, %d for 10,000, %d for 100,000%n",
        thousand.mostKib(), ten.mostKib(), hundred.mostKib());
    assertThat(List.of(thousand.taken(), ten.taken(), hundred.taken()))
        .containsExactly(1_000L, 10_000L, 100_000L);
    assertThat(hundred.lookedAgain()).as("nothing is looked at again").isZero();
    assertThat(hundred.mostKib()).isLessThan(ten.mostKib() * 5 / 4);
  }

  private static Figures sweep(int blobs) throws IOException, InterruptedException {
    try (ListedBlobs account = new ListedBlobs(blobs)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  HEAP,
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SweepMemory.class.getName(),
                  account.connectionString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String line = process.inputReader().readLine();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("it ended well: %s", line).isZero();
      String[] figures = line.split(" ");
      return new Figures(
          Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }
  }
}
