package dev.roost.host.lease;

import dev.roost.spi.HostServices;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.Singletons;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Competes for locks on leases and keeps those that it won. One loop renews all of them at the same
 * moment, each half period, and tells the others so in one document; leases of another period are
 * renewed in some of its rounds. All work is done on threads of the host's waiter. Source of names
 * and periods: WebJobs SDK, SingletonManager; unlike there, a lost lease only ends that one
 * listener, which competes again.
 */
public final class LeaseKeeper implements Singletons {
  private static final Logger LOG = System.getLogger("Host.Singleton");
  private static final Duration PUBLISH_AFTER = Duration.ofMillis(50);

  /** What a renewal may take, and be tried again, before the deadline. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static final int ASKING_AT_ONCE = 8;

  /** Longer than a store's client waits for one answer. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(4);

  private static final Duration LATELY = Duration.ofSeconds(5);

  private final HostServices host;
  private final LeaseProvider leases;
  private final LeaseOptions options;
  private final Processes processes;
  private final LockRegister register;
  private final Lanes asking;
  private final String name = UUID.randomUUID().toString();
  private final Set<Holding> holdings = ConcurrentHashMap.newKeySet();
  private OptionalLong nextRound = OptionalLong.empty();
  private Waiter.Pending pendingRound = () -> {};
  private boolean publishing;
  private boolean failed;
  private long failedAt;

  /**
   * @param host for its id, clock, waiter and documents
   * @param leases where the locks are
   */
  public LeaseKeeper(HostServices host, LeaseProvider leases, LeaseOptions options) {
    this(host, leases, options, new Processes(Path.of("/proc")));
  }

  LeaseKeeper(HostServices host, LeaseProvider leases, LeaseOptions options, Processes processes) {
    this.host = host;
    this.leases = leases;
    this.options = options;
    this.processes = processes;
    this.register = new LockRegister(host);
    this.asking = new Lanes(host.waiter(), ASKING_AT_ONCE);
  }

  @Override
  public Candidacy compete(String lock, Candidate candidate) {
    Contest contest = new Contest(this, lock, candidate);
    host.meters()
        .gauge(
            "roost.lease.held",
            "1 while this host holds the lock, 0 while it stands by",
            () -> contest.tenure().isPresent() ? 1 : 0,
            "lock",
            lock);
    contest.begin();
    return contest;
  }

  @Override
  public Optional<Holder> holder(String lock) throws IOException {
    return Optional.ofNullable(register.read().get(lock))
        .map(entry ->
            new Holder(entry.holder(), entry.renewed(), entry.renewed().plus(entry.period())));
  }

  @Override
  public Duration period() {
    return options.listenerLockPeriod();
  }

  /**
   * Asks for no lock any more, and waits for the answers under way: a lock that comes now is given
   * back by the thread that asked for it, which must not be interrupted before. To be called when
   * the candidacies are closed, before the store is.
   */
  public void close() {
    try {
      if (!asking.close(LAST_ANSWER)) {
        LOG.log(Level.DEBUG, "A lock that was asked for was not answered within {0}", LAST_ANSWER);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  HostServices host() {
    return host;
  }

  LeaseProvider leases() {
    return leases;
  }

  LeaseOptions options() {
    return options;
  }

  Processes processes() {
    return processes;
  }

  LockRegister register() {
    return register;
  }

  /** Where locks are asked for. */
  Lanes asking() {
    return asking;
  }

  /** Names this keeper among all that ever were. */
  String name() {
    return name;
  }

  String path(String lock) {
    return "azure-webjobs-hosts/locks/" + host.hostId() + "/" + lock;
  }

  /**
   * Takes a lock if nobody has it. A lease that took long to get, as the first call of a process on
   * a busy machine does, is renewed before anybody relies on it.
   */
  Optional<Held> acquire(String lock, Duration period) throws IOException {
    long asked = host.clock().nanoTime();
    Optional<LeaseProvider.Lease> lease = leases.acquire(path(lock), period);
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    Held taken = new Held(lease.get(), host.clock(), period, asked);
    if (taken.remaining().compareTo(period.dividedBy(2).plus(SLACK)) >= 0) {
      return Optional.of(taken);
    }
    long again = host.clock().nanoTime();
    return lease.get().renew()
        ? Optional.of(new Held(lease.get(), host.clock(), period, again))
        : Optional.empty();
  }

  /** A lock was taken: its lease is renewed from now on. */
  void won(Holding holding) {
    holdings.add(holding);
    if (!holding.holds()) {
      // Lost or given back already.
      holdings.remove(holding);
      return;
    }
    if (holding.listed()) {
      publishSoon();
    }
    within(holding.held().period().dividedBy(2));
  }

  /** Another round begins after so long, or sooner. */
  private synchronized void within(Duration half) {
    long due = host.clock().nanoTime() + half.toNanos();
    if (nextRound.isPresent() && nextRound.getAsLong() - due <= 0) {
      return;
    }
    pendingRound.cancel();
    nextRound = OptionalLong.of(due);
    pendingRound = host.waiter().after(half, this::round);
  }

  /** A lock is not ours any more. */
  void left(Holding holding) {
    holdings.remove(holding);
  }

  /** A lease could not be given back. */
  synchronized void releaseFailed() {
    failed = true;
    failedAt = host.clock().nanoTime();
  }

  /**
   * True when giving a lease back has failed lately: a host that stops without its store would wait
   * out one timeout for each of its locks, which run out by themselves.
   */
  synchronized boolean releaseFailedLately() {
    return failed && host.clock().nanoTime() - failedAt < LATELY.toNanos();
  }

  private void round() {
    synchronized (this) {
      nextRound = OptionalLong.empty();
    }
    Optional<Duration> half =
        holdings.stream()
            .map(holding -> holding.held().period().dividedBy(2))
            .min(Duration::compareTo);
    if (half.isEmpty()) {
      return;
    }
    // Each on its own thread: one call that hangs must not let the others' leases run out.
    holdings.stream()
        .filter(holding -> dueBy(holding.held(), half.get()))
        .forEach(holding -> host.waiter().after(Duration.ZERO, holding::renew));
    within(half.get());
  }

  /** True for a lease whose half time would have passed at the next round. */
  private static boolean dueBy(Held held, Duration next) {
    return held.age().plus(next).compareTo(held.period().dividedBy(2)) > 0;
  }

  /** Leases renewed in the same round are told in the same write. */
  void publishSoon() {
    synchronized (this) {
      if (publishing) {
        return;
      }
      publishing = true;
    }
    host.waiter().after(PUBLISH_AFTER, this::publish);
  }

  private void publish() {
    synchronized (this) {
      publishing = false;
    }
    String process = processes.self().orElse("");
    Map<String, LockRegister.Entry> held = new HashMap<>();
    for (Holding holding : holdings) {
      if (holding.listed()) {
        held.put(
            holding.lock(),
            new LockRegister.Entry(
                host.instanceId(),
                name,
                holding.held().lease().id(),
                process,
                holding.held().renewed(),
                holding.held().period()));
      }
    }
    try {
      register.publish(name, held);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The register of locks was not written", e);
    }
  }
}
