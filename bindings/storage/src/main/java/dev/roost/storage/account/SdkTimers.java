package dev.roost.storage.account;

import com.azure.core.util.SharedExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What the Azure SDK times its calls with. Its own keeps the time limit of every answer for a
 * minute after the answer has come, some hundred thousand under load, and counts on virtual
 * threads, which user code can hold up. This one forgets them at once and counts on a platform
 * thread; what may block runs on virtual threads, as many as there are.
 */
final class SdkTimers extends ScheduledThreadPoolExecutor {
  private static final SdkTimers ONE = new SdkTimers();

  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  private SdkTimers() {
    super(1, Thread.ofPlatform().daemon().name("roost-sdk-timer").factory());
    setRemoveOnCancelPolicy(true);
  }

  /** The SDK uses it from now on, in the whole process. */
  static void provide() {
    if (SharedExecutorService.getInstance().getExecutorService() != ONE) {
      SharedExecutorService.getInstance().setExecutorService(ONE);
    }
  }

  @Override
  public void execute(Runnable task) {
    blocking.execute(task);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return blocking.submit(task);
  }

  @Override
  public <T> Future<T> submit(Runnable task, T result) {
    return blocking.submit(task, result);
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return blocking.submit(task);
  }
}
