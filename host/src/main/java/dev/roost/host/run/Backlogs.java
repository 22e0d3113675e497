package dev.roost.host.run;

import dev.roost.spi.Backlog;
import dev.roost.spi.HostClock;
import dev.roost.spi.Source;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the sources what waits, when somebody wants to know and the last answer is older than a few
 * seconds: a host that nobody watches makes no calls for it. Safe for use by many threads.
 */
public final class Backlogs {
  private static final Logger LOG = System.getLogger("Host.Metrics");
  private static final Duration FRESH = Duration.ofSeconds(10);

  private static final int AT_ONCE = 16;
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("roost-count-", 0).factory();

  private final Supplier<List<Listened>> listened;
  private final HostClock clock;
  private List<FunctionBacklog> last = List.of();
  private @Nullable Long readAt;

  /** A source and the functions that it serves. */
  record Listened(Source source, List<String> functions) {}

  Backlogs(Supplier<List<Listened>> listened, HostClock clock) {
    this.listened = listened;
    this.clock = clock;
  }

  /** What waits, not older than ten seconds; a source that can't be asked now is left out. */
  public synchronized List<FunctionBacklog> current() throws InterruptedException {
    long now = clock.nanoTime();
    if (readAt == null || now - readAt >= FRESH.toNanos()) {
      last = read();
      readAt = clock.nanoTime();
    }
    return last;
  }

  private List<FunctionBacklog> read() throws InterruptedException {
    List<FunctionBacklog> all = new ArrayList<>();
    // Platform threads: user code that never yields must not hide what waits.
    try (ExecutorService calls = Executors.newFixedThreadPool(AT_ONCE, THREADS)) {
      List<Future<List<FunctionBacklog>>> answers =
          listened.get().stream().map(each -> calls.submit(() -> ask(each))).toList();
      for (Future<List<FunctionBacklog>> answer : answers) {
        all.addAll(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A source broke its contract", e.getCause());
    }
    return List.copyOf(all);
  }

  private static List<FunctionBacklog> ask(Listened each) {
    try {
      List<Backlog> waiting = each.source().backlog();
      return waiting.stream().map(one -> new FunctionBacklog(each.functions(), one)).toList();
    } catch (IOException | RuntimeException e) {
      // Whatever one source throws, the others are still shown.
      LOG.log(
          Level.DEBUG,
          "What waits for {0} can''t be counted now: {1}",
          each.functions(),
          Causes.inOneLine(e));
      return List.of();
    }
  }
}
