package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.Await;
import dev.roost.testkit.RecordedMeters;
import dev.roost.testkit.TestHost;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a sweep asks of its account, counted by the meters that users see. */
class SweepCostTest {
  private static final int BLOBS = 20;

  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");
  private final TestHost same = account.host();
  private final RecordedMeters meters = same.recordedMeters;

  private long calls(String cause) {
    return meters.count("roost.storage.calls", "cause", cause);
  }

  private long swept(String what) {
    return meters.count("roost.blob.sweep." + what, "container", container);
  }

  private int sweeps() {
    return meters.durations("roost.blob.sweep.duration", "container", container).size();
  }

  private void awaitSweeps(int more) throws Exception {
    int before = sweeps();
    Await.until(more + " sweeps", BlobHost.LIMIT, () -> sweeps() >= before + more);
  }

  @Test
  void aKnownBlobCostsNothingAndAfterARestartOneLook() throws Exception {
    IntStream.range(0, BLOBS).forEach(i -> account.put(container, "b" + i, "x"));
    try (BlobHost host = new BlobHost(same).function("Copy", "path", container).start()) {
      host.awaitRuns(BLOBS);
      awaitSweeps(1);
      // Made, leased, first version noted, completed, released; twice for the first container.
      assertThat(calls("receipt")).isBetween(5L * BLOBS, 5L * BLOBS + 20);
      assertThat(swept("queued")).isEqualTo(BLOBS);
      assertThat(swept("calls")).isGreaterThanOrEqualTo(6L * BLOBS);
      long receipts = calls("receipt");
      long lists = calls("list");
      int before = sweeps();
      awaitSweeps(3);
      assertThat(calls("receipt")).as("receipts of known blobs are not read").isEqualTo(receipts);
      assertThat(calls("list") - lists).isBetween(3L, (long) sweeps() - before + 1);
      assertThat(host.source().details())
          .containsEntry("scanner", "here")
          .hasEntrySatisfying(
              "container " + container,
              last ->
                  assertThat(last).startsWith("20 blobs on 1 pages, 0 looked at, 0 new, 1 call"));
    }
    long receipts = calls("receipt");
    try (BlobHost host = new BlobHost(same).function("Copy", "path", container).start()) {
      awaitSweeps(2);
      assertThat(calls("receipt") - receipts).as("one look each").isEqualTo(BLOBS);
      assertThat(host.runs).isEmpty();
    }
  }
}
