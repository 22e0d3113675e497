package dev.roost.storage.account;

import dev.roost.spi.HostServices;
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
public final class Workers implements AutoCloseable {
  private static final int CALLS_AT_ONCE = 8;

  private final ExecutorService threads;

  /**
   * @param name begins the names of the threads
   */
  public Workers(String name) {
    this.threads =
        Executors.newFixedThreadPool(
            CALLS_AT_ONCE, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /** Those of this host that renew and settle; they live as long as it does. */
  public static Workers of(HostServices host) {
    return host.shared(Workers.class, () -> new Workers("roost-settle"));
  }

  /** Begins work as soon as a thread is free. */
  public <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  /**
   * Waits for work.
   *
   * @throws IOException when it failed
   */
  public static <T> T get(Future<T> work) throws IOException, InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(
          "A call to the storage ended unexpectedly: " + e.getCause(), e.getCause());
    }
  }

  /** Interrupts what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
