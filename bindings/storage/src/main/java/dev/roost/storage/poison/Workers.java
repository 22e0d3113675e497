package dev.roost.storage.poison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes many small calls of a command, several at once. */
final class Workers implements AutoCloseable {
  private static final int CALLS_AT_ONCE = 8;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CALLS_AT_ONCE, Thread.ofPlatform().daemon().name("roost-poison-", 0).factory());

  /** One call. */
  @FunctionalInterface
  interface Call<T, R> {
    R of(T item) throws IOException;
  }

  /**
   * The answers in the order of the items, after all calls ended.
   *
   * @throws IOException the first failure
   */
  <T, R> List<R> each(List<T> items, Call<T, R> call) throws IOException, InterruptedException {
    List<Future<R>> asked =
        items.stream().map(item -> threads.submit(() -> call.of(item))).toList();
    List<R> answers = new ArrayList<>();
    IOException failure = new IOException("a call ended unexpectedly");
    boolean failed = false;
    for (Future<R> answer : asked) {
      try {
        answers.add(answer.get());
      } catch (ExecutionException e) {
        if (!failed) {
          failure =
              e.getCause() instanceof IOException cause
                  ? cause
                  : new IOException(failure.getMessage(), e.getCause());
        }
        failed = true;
      }
    }
    if (failed) {
      throw failure;
    }
    return answers;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
