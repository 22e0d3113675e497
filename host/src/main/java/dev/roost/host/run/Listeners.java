package dev.roost.host.run;

import dev.roost.host.limit.Limit;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of a host: one for each source, however many functions share it. */
public final class Listeners {
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);
  private static final int MOST_BY_HAND = 1000;

  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final HostClock clock;
  private final IdentityHashMap<Source, Listening> sources = new IdentityHashMap<>();
  private final Admission admission;
  private final Gate byHand;
  private final List<Listening> order = new CopyOnWriteArrayList<>();
  private int most = Integer.MAX_VALUE;

  public Listeners(Dispatcher dispatcher, Admission admission, HostServices host) {
    this.dispatcher = dispatcher;
    this.admission = admission;
    this.byHand = new Gate(new Limit.Fixed(MOST_BY_HAND), host.clock());
    this.waiter = host.waiter();
    this.clock = host.clock();
  }

  /** Runs at most so many events of each source at once; for sources that are added later. */
  public synchronized void atMost(int events) {
    most = events;
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
              Listening listening = new Listening(added, answers, admission, dispatcher, waiter);
              if (most < Integer.MAX_VALUE) {
                int capped = Math.min(most, added.concurrency());
                listening.admit(new Gate(new Limit.Fixed(capped), clock));
              }
              order.add(listening);
              return listening;
            })
        .add(function);
  }

  /**
   * Runs a function by hand, now and on this host, also while it is paused. Returns once the event
   * is made.
   *
   * @param function its name in any case
   * @param input what its event is made of
   * @throws IOException when the event can't be made
   */
  public void run(String function, Payload input) throws IOException {
    for (Listening listening : order) {
      for (String name : listening.functions()) {
        if (name.equalsIgnoreCase(function) && byHand.tryAcquire()) {
          dispatchByHand(listening.source(), name, input);
          return;
        }
      }
    }
    throw new IOException("this host does not run '" + function + "'");
  }

  private void dispatchByHand(Source source, String function, Payload input) throws IOException {
    Delivery delivery;
    try {
      delivery = source.manual(function, input);
    } catch (IOException | RuntimeException e) {
      byHand.release(1);
      throw e;
    }
    dispatcher.dispatch(delivery, byHand);
  }

  /** Starts every source that may listen; returns soon, whether or not they could begin. */
  public void start() {
    order.forEach(Listening::start);
  }

  /**
   * The functions whose sources can be worked off: they are asked for events, and tell how many
   * wait without a host that keeps watching.
   */
  public List<String> drainable() {
    return order.stream()
        .filter(Listeners::isDrainable)
        .flatMap(listening -> listening.functions().stream())
        .toList();
  }

  /** Starts the sources of {@link #drainable()} alone. */
  public void startDrainable() {
    order.stream().filter(Listeners::isDrainable).forEach(Listening::start);
  }

  private static boolean isDrainable(Listening listening) {
    return listening.source() instanceof Source.Pull pull && pull.needsOneHost().isEmpty();
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

  /** What scaling wants to know of each source. */
  public Volumes volumes(HostClock clock) {
    return new Volumes(() -> List.copyOf(order), clock);
  }

  private List<Backlogs.Listened> listened() {
    return order.stream()
        .map(listening -> new Backlogs.Listened(listening.source(), listening.functions()))
        .toList();
  }

  /** What each listener does. */
  public List<ListenerLoad> loads() {
    return order.stream().map(Listening::load).toList();
  }

  /** Begins with the limits of an earlier life, and keeps them for a later one. */
  public void keepLimits(HostServices host) {
    if (order.stream().anyMatch(listening -> listening.keepsLimit())) {
      new LimitSnapshots(
              host, Runtime.getRuntime().availableProcessors(), this::limits, this::raise)
          .start();
    }
  }

  private Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>();
    for (Listening listening : order) {
      if (listening.keepsLimit()) {
        listening.functions().forEach(name -> limits.put(name, listening.gate().limit()));
      }
    }
    return limits;
  }

  private void raise(Map<String, Integer> limits) {
    for (Listening listening : order) {
      for (String function : listening.functions()) {
        if (listening.keepsLimit() && limits.containsKey(function)) {
          listening.gate().raise(limits.get(function));
        }
      }
    }
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
