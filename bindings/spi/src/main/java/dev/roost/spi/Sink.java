package dev.roost.spi;

/** Where a {@link Source.Push} hands its events in. Safe for use by many threads. */
public interface Sink {

  /**
   * Offers an event. When it is accepted it runs on a thread of its own and is settled there.
   *
   * @return false when there is no capacity or the host is draining; the event was not taken and is
   *     not settled
   */
  boolean offer(Delivery delivery);
}
