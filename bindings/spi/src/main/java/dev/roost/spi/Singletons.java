package dev.roost.spi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs something on one host of many. All leases of a host share one renewal loop behind this. */
public interface Singletons {

  /**
   * Competes for a lock from now on, for as long as the candidacy is open.
   *
   * @param lock the part of the lock's name behind {@code locks/{hostId}/}, for example {@code
   *     Host.Functions.Nightly.Listener}
   * @param candidate told of every change, never by two threads at once
   */
  Candidacy compete(String lock, Candidate candidate);

  /**
   * Who holds a lock, as far as its holder told the others; an old word may stand there long after.
   *
   * @throws IOException when it can't be read
   */
  default Optional<Holder> holder(String lock) throws IOException {
    return Optional.empty();
  }

  /**
   * The holder of a lock.
   *
   * @param instance the host instance
   * @param renewed when it renewed the lease last, by its own clock
   * @param until when the lease runs out without another renewal
   */
  record Holder(String instance, Instant renewed, Instant until) {}

  /** Who wants to be the one. */
  interface Candidate {
    /**
     * The lock is ours: begin. Returns soon.
     *
     * @throws IOException when it can't begin: the lock is given up and competed for again later
     */
    void elected(Tenure tenure) throws IOException;

    /** The lock is lost, or is about to be given back: stop at once, interrupting what runs. */
    void deposed();
  }

  /** One uninterrupted time of holding the lock. */
  interface Tenure {
    /** True while our own monotonic clock says that the lease can't have run out. */
    boolean holds();
  }

  /** An open competition. */
  interface Candidacy extends AutoCloseable {
    /** UP while we hold the lock, STANDBY while another does, DEGRADED when the store is broken. */
    Health health();

    /** Our current tenure. */
    Optional<Tenure> tenure();

    /** Deposes the candidate, gives the lease back at once and competes no more. */
    @Override
    void close();
  }

  /** How long a lease lasts without renewal. */
  Duration period();
}
