package dev.roost.benchmarks;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import dev.roost.benchmarks.app.Arrival;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * From a blob written to the start of its function, in a container that holds many other blobs,
 * which each sweep has to list: with Azurite as it is, and with a {@link ListingStub} before it.
 * Arguments: the repository's root, {@code --short}; {@code --all} fills 100,000 blobs into Azurite
 * too.
 */
public final class BlobWakeUp {
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
  private static final int AT_A_TIME = 8;
  private static final String CONTAINER = "landing";

  private final Path root;
  private final Azurite azurite;
  private final int samples;
  private final BlobContainerClient container;

  private BlobWakeUp(Path root, Azurite azurite, int samples) {
    this.root = root;
    this.azurite = azurite;
    this.samples = samples;
    this.container =
        new BlobServiceClientBuilder()
            .connectionString(azurite.connectionString())
            .buildClient()
            .getBlobContainerClient(CONTAINER);
    container.create();
  }

  /** Measures and prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Quiet.azure();
    List<String> rest = List.of(args);
    boolean brief = rest.contains("--short");
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    System.out.println(Machine.line());
    System.out.printf(
        "%n| blobs in the container | listed by | samples | p50 ms | worst ms | calls per minute"
            + " |%n|---|---|---|---|---|---|%n");
    for (int size : SIZES) {
      try (Azurite azurite = Azurite.launch();
          ListingStub stub = new ListingStub(azurite.port("Blob"), CONTAINER, size)) {
        new BlobWakeUp(root, azurite, brief ? 5 : 20).stubbed(size, stub);
      }
    }
    int largest = rest.contains("--all") ? 100_000 : brief ? 1_000 : 10_000;
    try (Azurite azurite = Azurite.launch()) {
      BlobWakeUp benchmark = new BlobWakeUp(root, azurite, brief ? 5 : 20);
      int filled = 0;
      for (int size : SIZES) {
        if (size <= largest) {
          double perSecond = benchmark.fill(filled, size);
          filled = size;
          benchmark.measure(
              size,
              "Azurite, filled at %.0f a second".formatted(perSecond),
              azurite.connectionString(),
              name -> benchmark.write(name));
        }
      }
    }
  }

  private void stubbed(int size, ListingStub stub) throws IOException, InterruptedException {
    measure(
        size,
        "the stub",
        azurite.through("Blob", stub.port()),
        name -> stub.add(name, write(name)));
  }

  /** Adds blobs that fit no pattern but share its prefix; how many a second were written. */
  private double fill(int from, int to) throws InterruptedException {
    BinaryData nothing = BinaryData.fromString("x");
    Semaphore free = new Semaphore(AT_A_TIME);
    long begin = System.nanoTime();
    for (int i = from; i < to; i++) {
      String name = "%06d.bin".formatted(i);
      free.acquire();
      Thread.ofVirtual()
          .start(() -> {
            try {
              container.getBlobClient(name).upload(nothing, true);
            } finally {
              free.release();
            }
          });
    }
    free.acquire(AT_A_TIME);
    return (to - from) * 1e9 / (System.nanoTime() - begin);
  }

  private void measure(int size, String lister, String connection, Consumer<String> writer)
      throws IOException, InterruptedException {
    Side side =
        Side.host(
            root,
            root.resolve("benchmarks/target/classes"),
            "Landing",
            Map.of("AzureFunctionsJobHost__roost__metrics__authLevel", "anonymous"));
    double[] ages = new double[samples];
    double callsPerMinute;
    try (Hosted host = Hosted.start(side, connection)) {
      writer.accept("new-" + size + ".txt");
      host.nextArrival(); // the first sweep has looked at everything
      double before = host.storageCalls();
      long begin = System.nanoTime();
      for (int i = 0; i < samples; i++) {
        TimeUnit.MILLISECONDS.sleep(3_000 + ThreadLocalRandom.current().nextLong(2_000));
        writer.accept("new-" + size + "-" + i + ".txt");
        ages[i] = host.nextArrival();
      }
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      callsPerMinute = (host.storageCalls() - before) * 60_000 / time.toMillis();
    }
    System.out.printf(
        "| %,d | %s | %d | %.0f | %.0f | %.0f |%n",
        size, lister, samples, Machine.median(ages), Machine.percentile(ages, 1), callsPerMinute);
  }

  private BlockBlobItem write(String name) {
    BinaryData now = BinaryData.fromString(Long.toString(Arrival.micros()));
    return container
        .getBlobClient(name)
        .uploadWithResponse(new BlobParallelUploadOptions(now), null, Context.NONE)
        .getValue();
  }
}
