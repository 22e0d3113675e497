package dev.roost.host.lease;

/** A lock in the hand of one call, until it is closed. */
public interface Turn extends AutoCloseable {

  /** Gives the lock back; returns when the store was told. */
  @Override
  void close();
}
