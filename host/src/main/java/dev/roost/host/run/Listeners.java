package dev.roost.host.run;

import dev.roost.spi.HostClock;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The listeners of a host: one for each source, however many functions share it. */
public final class Listeners {
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final IdentityHashMap<Source, List<String>> sources = new IdentityHashMap<>();
  private final List<Source> order = new ArrayList<>();
  private List<Listener> listeners = List.of();

  public Listeners(Dispatcher dispatcher, Waiter waiter) {
    this.dispatcher = dispatcher;
    this.waiter = waiter;
  }

  /** Adds a function's source; one that is there already serves this function too. */
  public synchronized void add(String function, Source source) {
    sources
        .computeIfAbsent(
            source,
            added -> {
              order.add(added);
              return new ArrayList<>();
            })
        .add(function);
  }

  /** Starts every source; returns soon, whether or not they could begin. */
  public synchronized void start() {
    listeners = order.stream().map(this::listener).toList();
    listeners.forEach(Listener::start);
  }

  private Listener listener(Source source) {
    String name = String.join(", ", sources.getOrDefault(source, List.of()));
    Gate gate = new Gate(new Limit.Fixed(source.concurrency()));
    dispatcher.watch(name, gate);
    return switch (source) {
      case Source.Pull pull -> new PullLoop(name, pull, gate, dispatcher, waiter);
      case Source.Push push -> new PushListener(name, push, gate, dispatcher, waiter);
    };
  }

  /** What waits for each listener. */
  public Backlogs backlogs(HostClock clock) {
    return new Backlogs(this::listened, clock);
  }

  private synchronized List<Backlogs.Listened> listened() {
    return order.stream()
        .map(source -> new Backlogs.Listened(source, List.copyOf(sources.get(source))))
        .toList();
  }

  /** How each listener is. */
  public synchronized List<ListenerHealth> health() {
    return listeners.stream()
        .map(
            listener -> new ListenerHealth(listener.name(), listener.health(), listener.inFlight()))
        .toList();
  }

  /**
   * Stops fetching and waits for what runs, which is renewed meanwhile.
   *
   * @param limit when it is over, what runs is interrupted and given back
   * @return true when everything ended by itself
   */
  public boolean drain(Duration limit, HostClock clock) {
    List<Listener> all;
    synchronized (this) {
      all = listeners;
    }
    all.parallelStream().forEach(Listener::stop);
    if (await(all, limit, clock)) {
      return true;
    }
    all.forEach(Listener::interrupt);
    dispatcher.abandonAll();
    await(all, AFTER_INTERRUPT, clock);
    return false;
  }

  private boolean await(List<Listener> all, Duration limit, HostClock clock) {
    long deadline = clock.nanoTime() + limit.toNanos();
    Signal glance = new Signal();
    while (dispatcher.runningCount() > 0 || !all.stream().allMatch(Listener::stopped)) {
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
