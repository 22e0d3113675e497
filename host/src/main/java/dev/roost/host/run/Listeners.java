package dev.roost.host.run;

import dev.roost.spi.HostClock;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of a host: one for each source, however many functions share it. */
public final class Listeners {
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final IdentityHashMap<Source, Listening> sources = new IdentityHashMap<>();
  private final List<Listening> order = new CopyOnWriteArrayList<>();

  public Listeners(Dispatcher dispatcher, Waiter waiter) {
    this.dispatcher = dispatcher;
    this.waiter = waiter;
  }

  /**
   * Adds a function's source; one that is there already serves this function too.
   *
   * @param answers true when somebody waits for the outcome of each event
   */
  public synchronized void add(String function, Source source, boolean answers) {
    sources
        .computeIfAbsent(
            source,
            added -> {
              Listening listening = new Listening(added, answers, dispatcher, waiter);
              order.add(listening);
              return listening;
            })
        .add(function);
  }

  /** Starts every source that may listen; returns soon, whether or not they could begin. */
  public void start() {
    order.forEach(Listening::start);
  }

  /**
   * Fetches nothing more while {@code hold} is true; what runs goes on, and whoever waits for an
   * answer is still served.
   */
  public void hold(boolean hold) {
    order.parallelStream().forEach(listening -> listening.hold(hold));
  }

  /** Fetches nothing for these functions, and again for all others. */
  public void pause(Set<String> functions) {
    order.forEach(listening -> listening.pause(functions));
  }

  /** What waits for each listener. */
  public Backlogs backlogs(HostClock clock) {
    return new Backlogs(this::listened, clock);
  }

  private List<Backlogs.Listened> listened() {
    return order.stream()
        .map(listening -> new Backlogs.Listened(listening.source(), listening.functions()))
        .toList();
  }

  /** How each listener is. */
  public List<ListenerHealth> health() {
    return order.stream().map(Listening::health).toList();
  }

  /**
   * Stops fetching and waits for what runs, which is renewed meanwhile.
   *
   * @param limit when it is over, what runs is interrupted and given back
   * @return true when everything ended by itself
   */
  public boolean drain(Duration limit, HostClock clock) {
    List<Listening> all = List.copyOf(order);
    all.parallelStream().forEach(Listening::end);
    if (await(all, limit, clock)) {
      return true;
    }
    all.forEach(Listening::interrupt);
    dispatcher.abandonAll();
    await(all, AFTER_INTERRUPT, clock);
    return false;
  }

  private boolean await(List<Listening> all, Duration limit, HostClock clock) {
    long deadline = clock.nanoTime() + limit.toNanos();
    Signal glance = new Signal();
    while (dispatcher.runningCount() > 0 || !all.stream().allMatch(Listening::stopped)) {
      if (clock.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        glance.pause(GLANCE, waiter);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
