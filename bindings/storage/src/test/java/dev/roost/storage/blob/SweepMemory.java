package dev.roost.storage.blob;

import dev.roost.spi.Direction;
import dev.roost.storage.account.Workers;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sweeps a container twice, in a JVM of its own whose heap is small, and prints how many blobs were
 * taken in and what was alive at the most while a page was in hand, in KiB.
 */
final class SweepMemory {
  private SweepMemory() {}

  /** Receipts that are only counted. */
  private record Counted(AtomicLong taken) implements Intake {
    @Override
    public Verdict take(FoundBlob blob, BlobFunction function, boolean maybeOld) {
      taken.incrementAndGet();
      return Verdict.QUEUED;
    }

    @Override
    public long calls() {
      return 0;
    }
  }

  /** A listing during which memory is looked at, page by page. */
  private record Watched(Listing listing, AtomicLong most) implements Listing {
    @Override
    public Optional<Page> page(Optional<String> marker) throws IOException {
      Optional<Page> page = listing.page(marker);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
      return page;
    }
  }

  /**
   * @param args the connection string
   */
  public static void main(String[] args) throws Exception {
    TestHost host = new TestHost();
    host.values.put("AzureWebJobsStorage", args[0]);
    var poison = new PoisonQueues(host, new InternalQueue(host, Duration.ofMinutes(2)).writer(), 5);
    BlobFunction function =
        BlobFunction.of(
            host.context(
                "All", BlobAccount.binding("blobTrigger", Direction.IN, "path", "files/{n}")),
            poison);
    AtomicLong taken = new AtomicLong();
    AtomicLong most = new AtomicLong();
    try (Workers workers = new Workers("sweep")) {
      var pages =
          new ContainerListing(
              function.swept().getBlobContainerClient("files"), "", BlobScanner.PAGE);
      ContainerScan scan =
          new ContainerScan(
              new Watched(pages, most),
              new Counted(taken),
              workers,
              new NoPosition(),
              List.of(function));
      scan.sweep();
      Sweep.Report second = scan.sweep().orElseThrow();
      System.out.println(taken + " " + most.get() / 1024 + " " + second.looked());
    }
  }

  private static final class NoPosition implements Position.Store {
    @Override
    public Position load() {
      return Position.NONE;
    }

    @Override
    public void save(Position position) {}
  }
}
