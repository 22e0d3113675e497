package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.roost.spi.BindingException;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.account.Workers;
import dev.roost.storage.queue.Doorbell;
import dev.roost.storage.queue.QueueWriter;
import dev.roost.storage.queue.Settlement;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerScanTest {
  private static final Workers WORKERS = new Workers("test");
  private static final BlobServiceClient ACCOUNT =
      new BlobServiceClientBuilder()
          .endpoint("https://" + Azurite.ACCOUNT + ".blob.core.windows.net")
          .buildClient();
  private static final Settlement NEVER = settlement();

  private final MemoryContainer container = new MemoryContainer();
  private final MemoryIntake intake = new MemoryIntake();
  private final MemoryPosition store = new MemoryPosition();

  @AfterAll
  static void stop() {
    WORKERS.close();
  }

  private static BlobFunction function(String name, String path, StartFrom start) {
    try {
      return new BlobFunction(
          name,
          "Host.Functions." + name,
          BlobPattern.parse(path),
          ACCOUNT,
          ACCOUNT,
          false,
          start,
          Optional.empty(),
          NEVER);
    } catch (BindingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Nothing is settled in these tests. */
  private static Settlement settlement() {
    TestHost host = new TestHost();
    host.values.put("AzureWebJobsStorage", "UseDevelopmentStorage=true");
    try {
      return Settlement.of(
          host,
          "All",
          new Settlement.Limit(5, "poisonBlobThreshold"),
          BlobMessage.POISON,
          new QueueWriter(StorageAccounts.of(host).named("Storage"), Doorbell.of(host)));
    } catch (BindingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BlobFunction all() {
    return function("All", "files/{name}", new StartFrom.Beginning());
  }

  private ContainerScan scan(BlobFunction... functions) {
    return new ContainerScan(container, intake, WORKERS, store, List.of(functions));
  }

  private Sweep.Report sweep(ContainerScan scan) throws Exception {
    return scan.sweep().orElseThrow();
  }

  private void write(int from, int to) {
    IntStream.range(from, to).forEach(i -> container.write("b%05d".formatted(i)));
  }

  @Test
  void takesInAllBlobsThatAreThereAtFirst() throws Exception {
    write(0, 95);
    container.pass(Duration.ofDays(300));
    Sweep.Report report = sweep(scan(all()));
    assertThat(report).isEqualTo(new Sweep.Report(10, 95, 95, 95, 105));
    assertThat(intake.queued).hasSize(95).doesNotHaveDuplicates();
  }

  @Test
  void looksAtNothingTwiceWhileItRuns() throws Exception {
    write(0, 30);
    ContainerScan scan = scan(all());
    sweep(scan);
    container.pass(Duration.ofSeconds(2));
    write(30, 33);
    assertThat(sweep(scan)).isEqualTo(new Sweep.Report(4, 33, 3, 3, 7));
    container.pass(Duration.ofSeconds(2));
    assertThat(sweep(scan)).isEqualTo(new Sweep.Report(4, 33, 0, 0, 4));
    container.pass(Duration.ofMinutes(10));
    assertThat(sweep(scan)).isEqualTo(new Sweep.Report(4, 33, 0, 0, 4));
    assertThat(intake.looks.values()).containsOnly(1);
  }

  @Test
  void takesAnOverwrittenBlobAgain() throws Exception {
    container.write("a");
    ContainerScan scan = scan(all());
    sweep(scan);
    container.write("a");
    sweep(scan);
    container.pass(Duration.ofHours(1));
    container.write("a");
    sweep(scan);
    assertThat(intake.queued).containsExactly("All:a\"1\"", "All:a\"2\"", "All:a\"3\"");
  }

  @Test
  void givesABlobToEachFunctionWhosePatternMatches() throws Exception {
    container.write("in/a.csv");
    container.write("in/b.txt");
    container.write("out/a.csv");
    sweep(
        scan(
            function("Csv", "files/{n}.csv", new StartFrom.Beginning()),
            function("In", "files/in/{n}", new StartFrom.Beginning())));
    assertThat(intake.queued)
        .containsExactlyInAnyOrder(
            "Csv:in/a.csv\"1\"", "Csv:out/a.csv\"1\"", "In:in/a.csv\"1\"", "In:in/b.txt\"1\"");
  }

  @Test
  void findsWhatIsWrittenBehindTheCursor() throws Exception {
    write(10, 40);
    ContainerScan scan = scan(all());
    container.beforePage =
        () -> {
          if (container.pages == 2) {
            write(0, 5);
            write(10, 11);
          }
        };
    sweep(scan);
    assertThat(intake.queued).hasSize(30);
    container.pass(Duration.ofSeconds(2));
    assertThat(sweep(scan).queued()).isEqualTo(6);
  }

  @Test
  void goesOnAtTheSamePageAfterAnOutage() throws Exception {
    write(0, 50);
    ContainerScan scan = scan(all());
    container.beforePage = () -> container.failures = container.pages == 3 ? 1 : 0;
    assertThatThrownBy(scan::sweep).hasMessage("no answer");
    assertThat(intake.queued).hasSize(30);
    container.beforePage = () -> {};
    write(0, 1);
    assertThat(sweep(scan).blobs()).isEqualTo(50);
    assertThat(sweep(scan).queued()).as("what was written behind it").isEqualTo(1);
    assertThat(intake.queued).hasSize(51).doesNotHaveDuplicates();
  }

  @Test
  void losesNothingWhenReceiptsAreOutOfReach() throws Exception {
    write(0, 25);
    ContainerScan scan = scan(all());
    intake.broken = blob -> blob.name().endsWith("7");
    assertThatThrownBy(scan::sweep).isInstanceOf(IOException.class);
    container.pass(Duration.ofMinutes(30));
    assertThatThrownBy(scan::sweep).isInstanceOf(IOException.class);
    intake.broken = _ -> false;
    sweep(scan);
    assertThat(intake.queued).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void comesAgainForABlobThatIsBusyHoweverLongItTakes() throws Exception {
    container.write("a");
    ContainerScan scan = scan(all());
    intake.later = _ -> true;
    for (int i = 0; i < 5; i++) {
      sweep(scan);
      container.pass(Duration.ofMinutes(5));
    }
    assertThat(store.load().scanned()).isBefore(Instant.parse("2026-01-01T00:00:01Z"));
    intake.later = _ -> false;
    sweep(scan);
    assertThat(intake.queued).containsExactly("All:a\"1\"");
    container.pass(Duration.ofMinutes(5));
    assertThat(sweep(scan).looked()).isZero();
    assertThat(store.load().scanned()).isAfter(Instant.parse("2026-01-01T00:20:00Z"));
  }

  @Test
  void waitsWhileABlobIsLeased() throws Exception {
    container.put("a", Duration.ZERO, "BlockBlob", true);
    ContainerScan scan = scan(all());
    sweep(scan);
    container.pass(Duration.ofMinutes(10));
    sweep(scan);
    assertThat(intake.queued).isEmpty();
    container.lease("a", false);
    sweep(scan);
    assertThat(intake.queued).containsExactly("All:a\"1\"");
  }

  @Test
  void waitsUntilAnAppendBlobIsLeftAlone() throws Exception {
    ContainerScan scan = scan(all());
    for (int i = 0; i < 4; i++) {
      container.put("log", Duration.ZERO, FoundBlob.APPEND, false);
      container.pass(Duration.ofSeconds(2));
      sweep(scan);
    }
    assertThat(intake.queued).isEmpty();
    container.pass(ContainerScan.QUIET);
    sweep(scan);
    assertThat(intake.queued).containsExactly("All:log\"4\"");
  }

  @Test
  void forgetsAWaitingBlobThatIsDeleted() throws Exception {
    container.put("a", Duration.ZERO, "BlockBlob", true);
    ContainerScan scan = scan(all());
    sweep(scan);
    container.blobs.clear();
    container.pass(Duration.ofMinutes(5));
    sweep(scan);
    assertThat(store.load().scanned()).isAfter(Instant.parse("2026-01-01T00:03:00Z"));
  }

  @Test
  void waitsForAContainerToBeCreated() throws Exception {
    container.exists = false;
    ContainerScan scan = scan(function("New", "files/{n}", new StartFrom.Now()));
    assertThat(scan.sweep()).isEmpty();
    container.pass(Duration.ofHours(1));
    container.exists = true;
    container.write("a");
    container.pass(Duration.ofSeconds(3));
    sweep(scan);
    assertThat(intake.queued).containsExactly("New:a\"1\"");
  }

  @Test
  void startsFromNowOnceAndForAll() throws Exception {
    write(0, 20);
    container.pass(Duration.ofSeconds(10));
    BlobFunction late = function("Late", "files/{n}", new StartFrom.Now());
    container.beforePage = () -> container.failures = container.pages == 1 ? 1 : 0;
    ContainerScan first = scan(late);
    sweepThatFails(first);
    container.beforePage = () -> {};
    container.pass(Duration.ofSeconds(30));
    write(20, 22);
    container.pass(Duration.ofSeconds(30));
    sweep(scan(late));
    assertThat(intake.queued).containsExactlyInAnyOrder("Late:b00020\"1\"", "Late:b00021\"1\"");
  }

  private static void sweepThatFails(ContainerScan scan) {
    assertThatThrownBy(scan::sweep).isInstanceOf(IOException.class);
  }

  @Test
  void startsFromAnInstant() throws Exception {
    write(0, 3);
    container.pass(Duration.ofDays(1));
    write(3, 5);
    sweep(
        scan(function("At", "files/{n}", new StartFrom.At(Instant.parse("2026-01-02T00:00:00Z")))));
    assertThat(intake.queued).hasSize(2);
  }

  @Test
  void looksAtEverythingForAFunctionThatIsNew() throws Exception {
    write(0, 10);
    sweep(scan(all()));
    container.pass(Duration.ofDays(1));
    BlobFunction more = function("More", "files/{n}", new StartFrom.Beginning());
    sweep(scan(all(), more));
    assertThat(intake.queued).hasSize(20);
    container.pass(Duration.ofDays(1));
    intake.looks.clear();
    sweep(scan(all(), more));
    assertThat(intake.looks).as("both have begun").isEmpty();
  }

  @Test
  void looksAtEverythingWhenThePatternChanges() throws Exception {
    container.write("a.csv");
    container.write("a.txt");
    sweep(scan(function("F", "files/{n}.csv", new StartFrom.Beginning())));
    container.pass(Duration.ofDays(1));
    sweep(scan(function("F", "files/{n}", new StartFrom.Beginning())));
    assertThat(intake.queued).containsExactly("F:a.csv\"1\"", "F:a.txt\"1\"");
  }

  @Test
  void savesItsPositionNowAndThenAndNotEachTime() throws Exception {
    ContainerScan scan = scan(all());
    for (int i = 0; i < 100; i++) {
      sweep(scan);
      container.pass(Duration.ofSeconds(2));
    }
    assertThat(store.saves()).isBetween(2, 5);
  }

  @Test
  void remembersNoMoreThanWhatIsNewerThanTheWatermark() throws Exception {
    container.pageSize = 5000;
    write(0, 20_000);
    container.pass(Duration.ofHours(1));
    write(20_000, 20_100);
    ContainerScan scan = scan(all());
    sweep(scan);
    assertThat(scan.remembered()).isEqualTo(100);
    container.pass(Duration.ofHours(1));
    sweep(scan);
    assertThat(scan.remembered()).isZero();
  }

  /**
   * Writers add, overwrite and delete blobs while sweeps of several pages run, pages fail, receipts
   * are busy or out of reach, versions become visible late, and the scanner is restarted. In the
   * end the last version of every blob was taken in, and no version twice.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void missesNothingAndTakesNothingTwice(long seed) throws Exception {
    Random random = new Random(seed);
    BlobFunction[] functions = {all(), function("Even", "files/{n}0", new StartFrom.Beginning())};
    container.pageSize = 100;
    write(0, 2000);
    container.beforePage =
        () -> {
          container.pass(Duration.ofMillis(random.nextInt(1500)));
          int changes = random.nextInt(40);
          for (int i = 0; i < changes; i++) {
            String name = "b%05d".formatted(random.nextInt(5000));
            if (random.nextInt(10) == 0) {
              container.blobs.remove(name);
            } else {
              container.write(name, Duration.ofMillis(random.nextInt(20_000)));
            }
          }
          container.failures = random.nextInt(60) == 0 ? 1 : 0;
        };
    Random trouble = new Random(seed + 1000);
    intake.later = _ -> trouble.nextInt(50) == 0;
    intake.broken = _ -> trouble.nextInt(2000) == 0;
    ContainerScan scan = scan(functions);
    for (int i = 0; i < 40; i++) {
      scan = trouble.nextInt(15) == 0 ? scan(functions) : scan;
      tryToSweep(scan);
      container.pass(Duration.ofSeconds(random.nextInt(30)));
    }
    container.beforePage = () -> {};
    intake.later = _ -> false;
    intake.broken = _ -> false;
    sweep(scan); // perhaps the rest of one that began long ago
    sweep(scan);
    List<String> expected = new ArrayList<>();
    for (FoundBlob blob : container.blobs.values()) {
      expected.add("All:" + blob.name() + blob.etag());
      if (blob.name().endsWith("0")) {
        expected.add("Even:" + blob.name() + blob.etag());
      }
    }
    assertThat(intake.queued).doesNotHaveDuplicates().containsAll(expected);
  }

  private static void tryToSweep(ContainerScan scan) throws InterruptedException {
    try {
      scan.sweep();
    } catch (IOException _) {
      // goes on at the next sweep
    }
  }
}
