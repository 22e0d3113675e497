package dev.roost.spi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where a trigger's events come from. A provider may return the same source for several functions
 * (one internal queue for all blob triggers): it is then started once and its deliveries say whom
 * they are for.
 */
public sealed interface Source {

  /** More events than a source counts. */
  long MORE_THAN_COUNTED = Long.MAX_VALUE;

  /** How the source is; called often and from any thread, so it must not do I/O. */
  default Health health() {
    return Health.UP;
  }

  /**
   * What an administrator may want to see of the source beside its health, by name: the health
   * report shows it. Called often and from any thread, so it must not do I/O.
   */
  default Map<String, String> details() {
    return Map.of();
  }

  /**
   * How many events may run at once before anything adaptive has its say. The gate starts with this
   * limit.
   */
  int concurrency();

  /**
   * The most events that may ever run at once, where the app itself or the source's nature says so;
   * empty when the host may find the right number by itself. Only asked when {@link
   * HostServices#concurrency()} moves limits.
   */
  default OptionalInt ceiling() {
    return OptionalInt.of(concurrency());
  }

  /**
   * Counts what waits, with one or two calls for each place; a place that does not exist has
   * nothing waiting. Called from any thread, every few seconds at the most.
   *
   * @throws IOException when it can't be counted now
   */
  default List<Backlog> backlog() throws IOException {
    return List.of();
  }

  /**
   * Counts with one call the events that are not settled yet, those on loan included, for the
   * limit: asked every few seconds while the function is busy, and less often when the answer takes
   * long.
   *
   * @return empty when nobody can tell so cheaply; {@link #MORE_THAN_COUNTED} when there are more
   *     than are worth counting
   * @throws IOException when it can't be counted now
   */
  default OptionalLong unsettled() throws IOException {
    return OptionalLong.empty();
  }

  /**
   * When this source makes its next event by itself, for whoever starts hosts; in the past when it
   * is overdue. Called from any thread.
   *
   * @return empty when its events come from elsewhere, or when there will be none
   * @throws IOException when what it depends on can't be read now
   */
  default Optional<Instant> nextDue() throws IOException {
    return Optional.empty();
  }

  /**
   * Why at least one host has to run for events to be seen at all; empty when {@link #backlog} and
   * {@link #nextDue} tell everything while no host runs.
   */
  default Optional<String> needsOneHost() {
    return Optional.empty();
  }

  /**
   * True when a failed event comes again by the function's own {@link RetryPolicy}: attempts and
   * pauses are the source's business and the host makes one attempt per delivery, so that the two
   * never multiply.
   */
  default boolean redelivers() {
    return false;
  }

  /**
   * Makes an event by hand, at any time and on any host of the app: the source's own events, its
   * schedule and its locks are left alone. A source that keeps a history tells such a run apart.
   *
   * @param function which of its functions is to run
   * @param input what the caller sent; {@link Payload#EMPTY} for nothing
   * @return to be invoked and settled once, as any other
   * @throws IOException when what the event is made of can't be read
   */
  default Delivery manual(String function, Payload input) throws IOException {
    return new ManualDelivery(function, input, BindingData.EMPTY);
  }

  /**
   * Which of its functions a source that serves several of them is to leave alone: their events
   * stay where they are, at no cost of attempts. A source of one function is stopped instead.
   *
   * @param functions by name; the others go on
   */
  default void pause(Set<String> functions) {}

  /**
   * A source that is asked. All its methods but {@link #health()}, {@link #details} and {@link
   * #pause} are called from one thread. It may be started again after a stop.
   */
  non-sealed interface Pull extends Source {

    /** How many events to ask for at once. */
    Demand demand();

    /**
     * Prepares whatever must run beside polling, such as a scanner; called once before the first
     * poll, again when it threw.
     *
     * @param wake ends a pause between polls at once; may be called from any thread
     */
    default void start(Runnable wake) throws IOException {}

    /**
     * Receives at most {@code permits} events. May block for a while; must return soon after its
     * thread is interrupted.
     *
     * @throws IOException when the source can't be reached: the loop backs off and tries again
     * @throws InterruptedException when interrupted
     */
    List<Delivery> poll(int permits) throws IOException, InterruptedException;

    /** The longest pause between polls that find nothing. */
    Duration maxIdle();

    /** Stops what {@link #start} began. Deliveries on loan can still be renewed and settled. */
    default void stop() {}
  }

  /** A source that calls. It may be started again after a stop, once all it offered is settled. */
  non-sealed interface Push extends Source {

    /**
     * Begins to call {@code sink}. Returns soon.
     *
     * @throws IOException when it can't begin now; the host tries again later
     */
    void start(Sink sink) throws IOException;

    /** How many events may wait in line when no more may run; beyond that they are refused. */
    default int line() {
      return 0;
    }

    /** Ends calling the sink; returns when no new event can be offered. */
    void stop();

    /** False while something is under way that {@link #stop()} could not end, such as a claim. */
    default boolean stopped() {
      return true;
    }
  }
}
