package dev.roost.http;

import io.netty.channel.Channel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the thread that sends a stream while the client does not take what was sent. */
final class StreamGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Waits until the channel takes more; false when it is closed. */
  boolean awaitWritable(Channel channel) throws InterruptedException {
    if (channel.isWritable()) {
      return channel.isActive();
    }
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable()) {
        changed.await();
      }
      return channel.isActive();
    } finally {
      lock.unlock();
    }
  }

  /** The channel takes more, or is closed. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
