package dev.roost.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * "Only one of us", for a bounded time. A held lock is an empty {@link Optional}; a store that
 * can't be reached throws. Calls fail within a few seconds and are tried once.
 */
public interface LeaseProvider {

  /**
   * Takes the lease {@code path} if nobody has it.
   *
   * @param path full path of the lock, for example {@code azure-webjobs-hosts/locks/id/host}
   * @param period how long it is ours without renewal, 15 to 60 s
   */
  Optional<Lease> acquire(String path, Duration period) throws IOException;

  /**
   * Gives up a lease on behalf of a process that is known to be dead. It is safe against races: the
   * lease is named by its id, so that one which has changed hands meanwhile stays untouched.
   *
   * @param path as for {@link #acquire}
   * @param id the dead holder's {@link Lease#id()}
   * @return false when nobody holds the lease under that id
   */
  boolean release(String path, String id) throws IOException;

  /** A lease that was ours when it was given; only its holder's own clock knows if it still is. */
  interface Lease {
    /** The path it was acquired under. */
    String path();

    /** Names this holding of the lease; anybody who knows it may renew or release it. */
    String id();

    /**
     * Starts its period anew.
     *
     * @return false when somebody else may have it: it is lost
     */
    boolean renew() throws IOException;

    /** Gives it up at once; a lease that is lost already is fine. */
    void release() throws IOException;
  }
}
