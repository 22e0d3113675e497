package dev.roost.testkit;

import dev.roost.spi.HostClock;
import dev.roost.spi.LeaseProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A {@link LeaseProvider} in memory, for hosts that share one clock. */
public final class MemoryLeaseProvider implements LeaseProvider {
  private final HostClock clock;
  private final Map<String, MemoryLease> held = new HashMap<>();

  public MemoryLeaseProvider(HostClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Lease> acquire(String path, Duration period) {
    MemoryLease holder = held.get(path);
    if (holder != null && clock.nanoTime() < holder.deadline) {
      return Optional.empty();
    }
    MemoryLease lease = new MemoryLease(path, period.toNanos());
    held.put(path, lease);
    return Optional.of(lease);
  }

  @Override
  public synchronized boolean release(String path, String id) {
    MemoryLease holder = held.get(path);
    return holder != null && holder.id().equals(id) && held.remove(path, holder);
  }

  private final class MemoryLease implements Lease {
    private final String path;
    private final String id = UUID.randomUUID().toString();
    private final long nanos;
    private long deadline;

    MemoryLease(String path, long nanos) {
      this.path = path;
      this.nanos = nanos;
      this.deadline = clock.nanoTime() + nanos;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public boolean renew() {
      synchronized (MemoryLeaseProvider.this) {
        if (held.get(path) != this) {
          return false;
        }
        deadline = clock.nanoTime() + nanos;
        return true;
      }
    }

    @Override
    public void release() {
      synchronized (MemoryLeaseProvider.this) {
        held.remove(path, this);
      }
    }
  }
}
