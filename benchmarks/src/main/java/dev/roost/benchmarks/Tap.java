package dev.roost.benchmarks;

import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An account with a queue that can be filled while nobody drains it. */
sealed interface Tap extends AutoCloseable {

  String connectionString();

  /** Stands ready for a process that starts from nothing. */
  void prepare() throws IOException;

  /** Lets the process drain so many messages, from which no figure is taken. */
  void warmUp(Process side, int messages) throws IOException, InterruptedException;

  /** Fills the queue and measures how {@code side} empties it; {@code side} runs already. */
  Drain drain(Process side, int messages) throws IOException, InterruptedException;

  @Override
  void close();

  /** The stub: what it has is there from one moment to the next. */
  record Canned(Stub stub) implements Tap {
    private static final int PORTION = 20_000;

    static Canned start(Path root) throws IOException {
      return new Canned(Stub.start(root));
    }

    @Override
    public String connectionString() {
      return stub.connectionString();
    }

    @Override
    public void prepare() {
      // It serves everyone the same.
    }

    @Override
    public void warmUp(Process side, int messages) throws IOException, InterruptedException {
      for (int done = 0; done < messages; done += PORTION) {
        drain(side, PORTION);
      }
    }

    @Override
    public Drain drain(Process side, int messages) throws IOException, InterruptedException {
      Duration before = Side.cpu(side);
      stub.load(messages);
      Stub.Figures figures = stub.awaitDeleted(messages);
      return new Drain(messages, Duration.ofNanos(figures.nanos()), Side.cpu(side).minus(before));
    }

    @Override
    public void close() {
      stub.close();
    }
  }

  /**
   * Azurite: the process is stopped (SIGSTOP) while its queue is filled. From the moment it goes
   * on, the length of the queue is asked for every 20 ms, which costs both sides the same. The
   * compilers are warmed up on the stub, which listens where Azurite did and will again: Azurite
   * itself would take minutes for as many messages.
   */
  final class Emulated implements Tap {
    private static final long GLANCE_MILLIS = 20;
    private static final int PORTION = 1_000;
    private static final int ON_AZURITE = 2_000;

    private final Path root;
    private final Azurite azurite;
    private final QueueClient queue;
    private @Nullable Stub stub;

    private Emulated(Path root, Azurite azurite) {
      this.root = root;
      this.azurite = azurite;
      this.queue = HandWrittenLoop.queue(azurite.connectionString(), Side.QUEUE);
    }

    static Emulated start(Path root) {
      Emulated emulated = new Emulated(root, Azurite.launch());
      emulated.queue.create();
      return emulated;
    }

    @Override
    public String connectionString() {
      return azurite.connectionString();
    }

    @Override
    public void prepare() throws IOException {
      azurite.stop();
      stub = Stub.start(root, azurite.port("Queue"), azurite.port("Blob"), azurite.port("Table"));
    }

    @Override
    public void warmUp(Process side, int messages) throws IOException, InterruptedException {
      try (Stub warm = Objects.requireNonNull(stub, "not prepared")) {
        new Canned(warm).warmUp(side, messages);
      }
      azurite.start();
      for (int done = 0; done < ON_AZURITE; done += PORTION) {
        drain(side, PORTION);
      }
    }

    @Override
    public Drain drain(Process side, int messages) throws IOException, InterruptedException {
      signal(side, "STOP");
      IntStream.range(0, messages).parallel().forEach(i -> queue.sendMessage("message"));
      Duration before = Side.cpu(side);
      long begin = System.nanoTime();
      signal(side, "CONT");
      while (queue.getProperties().getApproximateMessagesCountLong() > 0) {
        if (System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(3)) {
          throw new IOException("the queue does not get empty");
        }
        TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
      }
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      return new Drain(messages, time, Side.cpu(side).minus(before));
    }

    private static void signal(Process process, String name)
        throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
      if (stub != null) {
        stub.close();
      }
      azurite.close();
    }
  }
}
