package dev.roost.storage.blob;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes calls to a storage account several at once, on platform threads, so that user code can't
 * hold them up. Threads are made when there is work.
 */
final class Workers implements AutoCloseable {
  private static final int CALLS_AT_ONCE = 8;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CALLS_AT_ONCE, Thread.ofPlatform().daemon().name("roost-blob-", 0).factory());

  <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  /**
   * Waits for work.
   *
   * @throws IOException when it failed
   */
  static <T> T get(Future<T> work) throws IOException, InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("Work on a blob ended unexpectedly: " + e.getCause(), e.getCause());
    }
  }

  /** Interrupts what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
