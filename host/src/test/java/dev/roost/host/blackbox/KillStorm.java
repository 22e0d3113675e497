package dev.roost.host.blackbox;

import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.queue.QueueClient;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two hosts on one storage account, one of which is killed again and again while both work. The
 * functions take their time, so that a kill finds work under way. Messages are fed in shares, one
 * for each life of the host that is killed, and never more than {@value #MOST_QUEUED} are queued;
 * blobs are written as the messages get done.
 */
final class KillStorm {
  /** From the moment the restarted host is ready to its death. */
  static final Duration LIFE = Duration.ofSeconds(3);

  static final int MOST_QUEUED = 1_000;

  private final Azurite azurite;
  private final Path app;
  private final Storage storage;
  private final QueueClient in;
  private final QueueClient out;
  private final BlobContainerClient inbox;
  private final int messages;
  private final int blobs;
  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<HostProcess> killed = new ArrayList<>();
  private final List<HostProcess> alive = new ArrayList<>();
  private int allowed;
  private int fed;
  private int uploaded;

  /**
   * @param folder for the app
   * @param messages to put into the queue in all
   * @param blobs to write in all
   */
  KillStorm(Azurite azurite, Path folder, int messages, int blobs) throws IOException {
    this.azurite = azurite;
    this.app = app(folder);
    this.storage = new Storage(azurite.connectionString());
    this.in = storage.queue("work");
    this.out = storage.queue("work-done");
    this.inbox = storage.container("inbox");
    this.messages = messages;
    this.blobs = blobs;
  }

  /** Kills one of two hosts so often, then waits until all is done. */
  void run(int kills) throws IOException, InterruptedException {
    try (HostProcess steady = start(app, azurite, 20)) {
      HostProcess victim = start(app, azurite, 20);
      while (killed.size() < kills) {
        // A share for each life, however slowly this machine starts a host: kills find work.
        allowed = messages * (killed.size() + 1) / (kills + 1);
        long ready = System.nanoTime();
        await()
            .pollInterval(Duration.ofMillis(50))
            .until(() -> {
              tend();
              return System.nanoTime() - ready >= LIFE.toNanos();
            });
        victim.kill();
        killed.add(victim);
        victim = start(app, azurite, 20);
      }
      allowed = messages;
      await().atMost(Duration.ofMinutes(5)).until(this::isDone);
      victim.terminate();
      steady.terminate();
      alive.add(victim);
      alive.add(steady);
    }
  }

  private boolean isDone() {
    tend();
    return seen.size() == messages && copies() == blobs && storage.count("work") == 0;
  }

  /** Takes what is done, and puts in what may follow. */
  private void tend() {
    Storage.takeAll(out).forEach(text -> seen.merge(text, 1, Integer::sum));
    int until = Math.min(allowed, seen.size() + MOST_QUEUED);
    IntStream.range(fed, until).parallel().forEach(i -> in.sendMessage("message-" + i));
    fed = until;
    for (; uploaded < blobs && uploaded * messages <= seen.size() * blobs; uploaded++) {
      inbox.getBlobClient(uploaded + ".txt").upload(BinaryData.fromString("blob " + uploaded));
    }
  }

  private int copies() {
    return (int) storage.container("outbox").listBlobs().stream().count();
  }

  /** What it cost the messages. */
  Toll messages() {
    List<RunRecord> dead = records(killed, "Work");
    List<RunRecord> all = new ArrayList<>(records(alive, "Work"));
    all.addAll(dead);
    return new Toll(
        "messages",
        messages,
        messages - seen.size(),
        storage.count("work-poison"),
        runs(all).count(),
        runs(all).count() - runs(all).map(RunRecord.Run::message).distinct().count(),
        dead.stream().mapToLong(RunRecord::inFlight).sum());
  }

  /** What it cost the blobs. */
  Toll blobs() {
    List<RunRecord> dead = records(killed, "Copy");
    List<RunRecord> all = new ArrayList<>(records(alive, "Copy"));
    all.addAll(dead);
    return new Toll(
        "blobs",
        blobs,
        blobs - copies(),
        storage.count("webjobs-blobtrigger-poison"),
        runs(all).count(),
        runs(all).count() - runs(all).map(RunRecord.Run::reason).distinct().count(),
        dead.stream().mapToLong(record -> record.inFlight() + record.halfTakenIn().size()).sum());
  }

  private static List<RunRecord> records(List<HostProcess> hosts, String function) {
    return hosts.stream().map(host -> RunRecord.of(host, function)).toList();
  }

  private static Stream<RunRecord.Run> runs(List<RunRecord> records) {
    return records.stream().flatMap(record -> record.begun().stream());
  }

  private static final TestJar FUNCTIONS =
      TestJar.functions(
          """
          @FunctionName("Work")
          @QueueOutput(name = "$return", queueName = "work-done", connection = "AzureWebJobsStorage")
          public String work(
              @QueueTrigger(name = "message", queueName = "work", connection = "AzureWebJobsStorage")
                  String message) throws InterruptedException {
            Thread.sleep(message.startsWith("endless") ? 600_000 : 1_500);
            return message;
          }

          @FunctionName("Copy")
          @BlobOutput(name = "$return", path = "outbox/{name}", connection = "AzureWebJobsStorage")
          public String copy(
              @BlobTrigger(name = "content", path = "inbox/{name}", connection = "AzureWebJobsStorage")
                  String content) throws InterruptedException {
            Thread.sleep(1_500);
            return content;
          }
          """);

  /** The app's folder. */
  static Path app(Path folder) throws IOException {
    Path real = folder.toRealPath();
    FUNCTIONS.jar(real.resolve("app.jar"));
    new AppFolder(real)
        .file(
            "host.json",
            """
            {
              "version": "2.0",
              "extensions": {
                "queues": {
                  "batchSize": 8,
                  "newBatchThreshold": 8,
                  "receiveLease": "00:00:10",
                  "maxPollingInterval": "00:00:01"
                }
              },
              "logging": {"logLevel": {"Host.Triggers": "Debug"}}
            }
            """);
    return real;
  }

  /** A host in Production: no file adds settings, so the process does not replace itself. */
  static HostProcess start(Path app, Azurite azurite, int maxDequeueCount) throws IOException {
    return HostProcess.command("start", app.toString(), "--port", "0", "--log", "text")
        .in(app)
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsWebHost__hostid", "storm")
        .with(
            "AzureFunctionsJobHost__extensions__queues__maxDequeueCount",
            Integer.toString(maxDequeueCount))
        .with(
            "AzureFunctionsJobHost__extensions__blobs__poisonBlobThreshold",
            Integer.toString(maxDequeueCount))
        .started();
  }
}
