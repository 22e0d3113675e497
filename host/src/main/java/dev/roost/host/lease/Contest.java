package dev.roost.host.lease;

import dev.roost.spi.Health;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.Singletons;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The competition for one lock: ask, hold and renew, or wait and ask again. The candidate is told
 * under {@code order}, so never by two threads at once; no call to the store is made under it.
 */
final class Contest implements Singletons.Candidacy {
  private static final Logger LOG = System.getLogger("Host.Singleton");

  /** Behind the moment at which another's lease can have run out, so that we don't ask in vain. */
  private static final Duration AFTER_EXPIRY = Duration.ofMillis(200);

  /** As good as never. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** A store that asks to be left alone for longer is asked all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final LeaseKeeper keeper;
  private final String lock;
  private final Singletons.Candidate candidate;
  private final ReentrantLock order = new ReentrantLock();
  private volatile @Nullable Holding held;
  private volatile boolean closed;
  private volatile Health health = Health.standby("not asked yet");
  private volatile Waiter.Pending pending = () -> {};
  private volatile LockRegister.@Nullable Entry awaited;
  private Duration pause = RETRY;
  private Duration triedFor = Duration.ZERO;

  Contest(LeaseKeeper keeper, String lock, Singletons.Candidate candidate) {
    this.keeper = keeper;
    this.lock = lock;
    this.candidate = candidate;
  }

  String lock() {
    return lock;
  }

  void begin() {
    after(Duration.ZERO, this::ask);
  }

  private void after(Duration delay, Runnable task) {
    if (!closed) {
      pending = keeper.host().waiter().after(delay, task);
    }
  }

  private void ask() {
    keeper.asking().run(this::askNow);
  }

  private void askNow() {
    if (closed || held != null) {
      return;
    }
    try {
      Optional<Held> taken = keeper.acquire(lock, keeper.period());
      if (taken.isPresent()) {
        take(new Holding(keeper, lock, taken.get(), true, this::deposed));
      } else {
        standBy();
      }
    } catch (IOException e) {
      // Said once, not at every try, and not when nobody wants the lock any more.
      LOG.log(
          closed || health.state() == Health.State.DEGRADED ? Level.DEBUG : Level.WARNING,
          "The lock {0} can''t be asked for: {1}",
          lock,
          e.toString());
      health = Health.degraded("The lock " + lock + " can't be asked for: " + e);
      retry(RetryAfter.of(e, LONGEST_ASKED));
    }
  }

  private void retry() {
    retry(Duration.ZERO);
  }

  /**
   * Asks each second for as long as a lease lasts, then more and more seldom.
   *
   * @param asked how long the store wants to be left alone
   */
  private synchronized void retry(Duration asked) {
    after(asked.compareTo(pause) > 0 ? asked : pause, this::ask);
    triedFor = triedFor.plus(pause);
    if (triedFor.compareTo(keeper.period()) > 0) {
      pause = shorter(pause.multipliedBy(2), keeper.period());
    }
  }

  private synchronized void calm() {
    pause = RETRY;
    triedFor = Duration.ZERO;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void take(Holding taken) {
    boolean begun = false;
    order.lock();
    try {
      if (!closed && taken.holds()) {
        held = taken;
        taken.watch();
        candidate.elected(taken.tenure());
        begun = true;
        health = Health.UP;
        calm();
        LOG.log(Level.INFO, "Singleton lock acquired ({0})", lock);
        keeper.won(taken);
      }
    } catch (IOException e) {
      health = Health.degraded("The holder of the lock " + lock + " could not begin: " + e);
      LOG.log(
          Level.WARNING,
          "The lock {0} is given back, because its holder could not begin: {1}",
          lock,
          e.toString());
    } finally {
      if (!begun) {
        held = null;
        taken.end();
      }
      order.unlock();
      if (!begun) {
        // Held with nothing running behind it would keep every other host out.
        taken.release();
        retry();
      }
    }
  }

  private void deposed(Holding lost, String why) {
    order.lock();
    try {
      if (held != lost) {
        return;
      }
      held = null;
      health = Health.standby("The lock " + lock + " was lost: " + why);
      candidate.deposed();
    } finally {
      order.unlock();
    }
    retry();
  }

  /** Another host holds the lock: find out when to ask again. */
  private void standBy() throws IOException {
    Optional<LockRegister.Entry> holder = holder(keeper.register().read());
    health =
        Health.standby(
            holder
                .map(entry -> "The host " + entry.holder() + " holds the lock " + lock)
                .orElse("Another host holds the lock " + lock));
    if (holder.isPresent() && buried(holder.get())) {
      LOG.log(
          Level.INFO,
          "The lock {0} is taken over from a process of this machine that has ended",
          lock);
      after(Duration.ZERO, this::ask);
    } else if (keeper.options().recoveryPolling().isPresent()) {
      after(shorter(keeper.options().recoveryPolling().get(), NEVER), this::ask);
    } else {
      await(holder);
    }
  }

  /** What the register says of the lock, unless that is an old word of our own. */
  private Optional<LockRegister.Entry> holder(Map<String, LockRegister.Entry> entries) {
    return Optional.ofNullable(entries.get(lock))
        .filter(entry -> !entry.keeper().equals(keeper.name()));
  }

  private boolean buried(LockRegister.Entry entry) throws IOException {
    return !entry.process().isEmpty()
        && keeper.processes().dead(entry.process())
        && keeper.leases().release(keeper.path(lock), entry.lease());
  }

  private void await(Optional<LockRegister.Entry> holder) {
    Instant now = keeper.host().clock().now();
    Duration left =
        holder
            .map(entry -> Duration.between(now, entry.renewed().plus(entry.period())))
            .orElse(Duration.ZERO);
    if (left.isPositive()) {
      calm();
      // A holder whose clock is ahead of ours must not make us wait longer than his lease.
      awaited = holder.orElseThrow();
      after(shorter(left, holder.orElseThrow().period()).plus(AFTER_EXPIRY), this::look);
    } else {
      retry();
    }
  }

  /** Asks the register first: a lease that was renewed meanwhile is not asked for. */
  private void look() {
    if (closed || held != null) {
      return;
    }
    try {
      Instant now = keeper.host().clock().now();
      Optional<LockRegister.Entry> holder = holder(keeper.register().recent());
      if (holder.filter(entry -> wasRenewed(entry, now)).isPresent()) {
        await(holder);
        return;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The register of locks can't be read", e);
    }
    ask();
  }

  /** What was not renewed while we waited has run out, whatever the clocks of both hosts say. */
  private boolean wasRenewed(LockRegister.Entry entry, Instant now) {
    return !entry.equals(awaited) && now.isBefore(entry.renewed().plus(entry.period()));
  }

  @Override
  public Health health() {
    Holding current = held;
    return current != null && current.holds() ? Health.UP : health;
  }

  @Override
  public Optional<Singletons.Tenure> tenure() {
    return Optional.ofNullable(held).map(Holding::tenure).filter(Singletons.Tenure::holds);
  }

  @Override
  public void close() {
    Holding last;
    order.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      pending.cancel();
      last = held;
      held = null;
      if (last != null) {
        last.end();
        candidate.deposed();
      }
    } finally {
      order.unlock();
    }
    if (last != null) {
      last.release();
    }
  }
}
