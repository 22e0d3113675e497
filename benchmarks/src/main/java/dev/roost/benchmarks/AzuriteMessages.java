package dev.roost.benchmarks;

import com.azure.storage.queue.QueueClient;
import dev.roost.testkit.Azurite;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A queue of a real Azurite. Full means some hundreds of messages, which senders keep there: its
 * cost of a message grows with the length of its queue.
 */
final class AzuriteMessages implements Messages {
  private static final int FULL = 600;
  private static final int BETWEEN_LOOKS = 64;
  private static final int SENDERS = 2;
  private static final long PAUSE = 50_000_000;

  private final Azurite azurite = Azurite.launch();
  private final QueueClient queue = HandWrittenLoop.queue(azurite.connectionString(), Side.QUEUE);
  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private final Semaphore stopped = new Semaphore(0);
  private volatile boolean filling;

  AzuriteMessages() {
    queue.createIfNotExists();
  }

  @Override
  public String connectionString() {
    return azurite.connectionString();
  }

  @Override
  public void fill() {
    add(FULL);
    filling = true;
    for (int i = 0; i < SENDERS; i++) {
      senders.execute(this::keepFull);
    }
  }

  private void keepFull() {
    while (filling) {
      if (queue.getProperties().getApproximateMessagesCountLong() < FULL) {
        for (int i = 0; i < BETWEEN_LOOKS && filling; i++) {
          queue.sendMessage("m");
        }
      } else {
        LockSupport.parkNanos(PAUSE);
      }
    }
    stopped.release();
  }

  @Override
  public void empty() throws InterruptedException {
    stop();
    queue.clearMessages();
  }

  private void stop() throws InterruptedException {
    if (filling) {
      filling = false;
      stopped.acquire(SENDERS);
    }
  }

  @Override
  public void add(int messages) {
    IntStream.range(0, messages).parallel().forEach(_ -> queue.sendMessage("m"));
  }

  @Override
  public void close() {
    filling = false;
    senders.close();
    azurite.close();
  }
}
