package dev.roost.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request body on its way from the event loop to the function that reads it. When the function is
 * slower than the client, the client is not read: at most a few chunks wait in memory.
 */
final class BodyPipe extends InputStream {
  private static final int HIGH = 256 * 1024;
  private static final int LOW = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private final Runnable readOn;
  private int at;
  private int waiting;
  private boolean paused;
  private boolean ended;
  private boolean unwanted;
  private @Nullable String failure;

  /**
   * @param readOn called, on the reader's thread, when the client should be read again
   */
  BodyPipe(Runnable readOn) {
    this.readOn = readOn;
  }

  /** Takes a chunk; false when the client should not be read for now. */
  boolean offer(byte[] chunk) {
    lock.lock();
    try {
      if (unwanted || chunk.length == 0) {
        return true;
      }
      chunks.add(chunk);
      waiting += chunk.length;
      paused = waiting > HIGH;
      changed.signalAll();
      return !paused;
    } finally {
      lock.unlock();
    }
  }

  /** The body is complete. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The body will never be complete: the reader gets an error. */
  void fail(String why) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    boolean resume;
    int count;
    lock.lock();
    try {
      byte[] chunk = first();
      if (chunk == null) {
        return -1;
      }
      count = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, buffer, offset, count);
      at += count;
      waiting -= count;
      if (at == chunk.length) {
        chunks.remove();
        at = 0;
      }
      resume = paused && waiting < LOW;
      paused &= !resume;
    } finally {
      lock.unlock();
    }
    if (resume) {
      readOn.run();
    }
    return count;
  }

  /** Waits for a chunk; null at the end. */
  private byte @Nullable [] first() throws IOException {
    while (chunks.isEmpty()) {
      if (unwanted) {
        throw new IOException("The stream is closed");
      }
      if (failure != null) {
        throw new IOException(failure);
      }
      if (ended) {
        return null;
      }
      try {
        changed.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while waiting for the request body");
      }
    }
    return chunks.peek();
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return chunks.isEmpty() ? 0 : chunks.getFirst().length - at;
    } finally {
      lock.unlock();
    }
  }

  /** The reader has seen enough; what still comes is dropped. */
  @Override
  public void close() {
    boolean resume;
    lock.lock();
    try {
      unwanted = true;
      chunks.clear();
      waiting = 0;
      resume = paused;
      paused = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (resume) {
      readOn.run();
    }
  }
}
