package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.Payload;
import dev.roost.storage.account.Workers;
import dev.roost.testkit.Await;
import dev.roost.testkit.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Sweeps of a real container while others write to it, and hosts that share one. */
class BlobClusterTest {
  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("files");

  /** Writes all the time, and knows the last version of each blob. */
  private final class Writers implements AutoCloseable {
    final Map<String, String> last = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    void fill(int count) throws Exception {
      account.blobs.createBlobContainerIfNotExists(container);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(threads.submit(() -> write(name(number))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    /** Each writer has its own names, so that the last write is known. */
    void begin(int names, int writes) {
      for (int writer = 0; writer < 3; writer++) {
        int mine = writer;
        running.add(
            threads.submit(() -> {
              Random random = new Random(mine);
              for (int i = 0; i < writes && !stop.get(); i++) {
                write(name(random.nextInt(names / 3) * 3 + mine));
              }
            }));
      }
    }

    private static String name(int number) {
      return "b%05d".formatted(number);
    }

    private void write(String name) {
      last.put(name, FoundBlob.quoted(account.write(container, name, name)));
    }

    void end() throws Exception {
      stop.set(true);
      for (Future<?> one : running) {
        one.get();
      }
    }

    @Override
    public void close() {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void sweepsOfFiveThousandBlobsMissNothingWhileOthersWrite() throws Exception {
    try (Writers writers = new Writers();
        Workers workers = new Workers("test");
        BlobHost host = new BlobHost(account)) {
      writers.fill(5_200);
      MemoryIntake intake = new MemoryIntake();
      Position.Store nowhere =
          new Position.Store() {
            @Override
            public Position load() {
              return Position.NONE;
            }

            @Override
            public void save(Position position) {}
          };
      BlobFunction function =
          BlobFunction.of(
              host.host.context(
                  "All",
                  BlobAccount.binding("blobTrigger", Direction.IN, "path", container + "/{n}")),
              new PoisonQueues(
                  host.host, new InternalQueue(host.host, Duration.ofMinutes(2)).writer(), 5));
      ContainerScan scan =
          new ContainerScan(
              new ContainerListing(account.blobs.getBlobContainerClient(container), "", 500),
              intake,
              workers,
              nowhere,
              List.of(function));
      writers.begin(6_000, Integer.MAX_VALUE);
      int pages = 0;
      for (int i = 0; i < 4; i++) {
        pages += scan.sweep().orElseThrow().pages();
      }
      writers.end();
      scan.sweep();
      assertThat(pages).isGreaterThan(40);
      assertThat(intake.queued)
          .doesNotHaveDuplicates()
          .containsAll(
              writers.last.entrySet().stream()
                  .map(blob -> "All:" + blob.getKey() + blob.getValue())
                  .toList());
      assertThat(intake.looks.values()).as("no receipt was looked at twice").containsOnly(1);
    }
  }

  @Test
  void twoHostsThatBothScanRunEveryBlobOnceBetweenThem() throws Exception {
    try (Writers writers = new Writers()) {
      writers.fill(100);
      TestHost first = account.host();
      TestHost second = account.host();
      second.hostId = first.hostId;
      second.stateStore = first.stateStore;
      try (BlobHost one = new BlobHost(first).function("Copy", "path", container);
          BlobHost two = new BlobHost(second).function("Copy", "path", container)) {
        writers.begin(150, 60);
        one.start();
        two.start();
        one.awaitRuns(30);
        writers.end();
        Await.until(
            "the last version of every blob",
            BlobHost.LIMIT,
            () -> versions(one, two).containsAll(expected(writers)));
        assertThat(versions(one, two)).doesNotHaveDuplicates();
        assertThat(two.runs).as("the work is shared").isNotEmpty();
      }
    }
  }

  private static List<String> expected(Writers writers) {
    return writers.last.entrySet().stream().map(blob -> blob.getKey() + blob.getValue()).toList();
  }

  private List<String> versions(BlobHost... hosts) {
    List<String> versions = new ArrayList<>();
    for (BlobHost host : hosts) {
      for (Delivery run : host.runs) {
        String etag =
            ((Payload.Json) run.data().exactly("Properties").orElseThrow())
                .value()
                .path("ETag")
                .asText();
        versions.add(BlobHost.value(run, "BlobTrigger").substring(container.length() + 1) + etag);
      }
    }
    return versions;
  }
}
