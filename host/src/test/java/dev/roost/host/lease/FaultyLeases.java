package dev.roost.host.lease;

import dev.roost.spi.LeaseProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One host's way to the leases of all, with switches for what can go wrong on it. */
final class FaultyLeases implements LeaseProvider {
  private final LeaseProvider leases;

  /** The store can't be reached. */
  boolean down;

  /** What happens while a renewal is under way. */
  Runnable during = () -> {};

  /** What happens while the lease is asked for. */
  Runnable asking = () -> {};

  /** The renewal reaches the store, but its answer does not come back. */
  boolean deaf;

  int acquired;
  int renewed;
  int released;

  FaultyLeases(LeaseProvider leases) {
    this.leases = leases;
  }

  private void reach() throws IOException {
    if (down) {
      throw new IOException("the store is unreachable");
    }
  }

  @Override
  public Optional<Lease> acquire(String path, Duration period) throws IOException {
    acquired++;
    reach();
    asking.run();
    return leases.acquire(path, period).map(Way::new);
  }

  @Override
  public boolean release(String path, String id) throws IOException {
    reach();
    return leases.release(path, id);
  }

  private final class Way implements Lease {
    private final Lease lease;

    Way(Lease lease) {
      this.lease = lease;
    }

    @Override
    public String path() {
      return lease.path();
    }

    @Override
    public String id() {
      return lease.id();
    }

    @Override
    public boolean renew() throws IOException {
      renewed++;
      reach();
      during.run();
      boolean answer = lease.renew();
      if (deaf) {
        throw new IOException("no answer within 3 s");
      }
      return answer;
    }

    @Override
    public void release() throws IOException {
      released++;
      reach();
      lease.release();
    }
  }
}
