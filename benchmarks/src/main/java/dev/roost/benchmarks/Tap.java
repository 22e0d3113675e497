package dev.roost.benchmarks;

import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** An account with a queue that can be filled while nobody drains it. */
sealed interface Tap extends AutoCloseable {

  String connectionString();

  /** Fills the queue and measures how {@code side} empties it; {@code side} runs already. */
  Drain drain(Process side, int messages) throws IOException, InterruptedException;

  @Override
  void close();

  /** The stub: what it has is there from one moment to the next. */
  record Canned(Stub stub) implements Tap {
    static Canned start(Path root) throws IOException {
      return new Canned(Stub.start(root));
    }

    @Override
    public String connectionString() {
      return stub.connectionString();
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
   * on, the length of the queue is asked for every 20 ms, which costs both sides the same.
   */
  record Emulated(Azurite azurite, QueueClient queue) implements Tap {
    private static final long GLANCE_MILLIS = 20;

    static Emulated start() {
      Azurite azurite = Azurite.launch();
      QueueClient queue = HandWrittenLoop.queue(azurite.connectionString(), Side.QUEUE);
      queue.create();
      return new Emulated(azurite, queue);
    }

    @Override
    public String connectionString() {
      return azurite.connectionString();
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
      azurite.close();
    }
  }
}
