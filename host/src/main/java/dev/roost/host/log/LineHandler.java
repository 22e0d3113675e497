package dev.roost.host.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes whole records to one stream, in the order of their arrival and without delay. Threads that
 * log at once do not wait for each other, which would cost a virtual thread more than its line: one
 * writes for all. They wait when the stream takes no more.
 */
final class LineHandler extends Handler {
  /** Bytes that wait for the stream before those wait who log. */
  private static final int MOST_WAITING = 256 * 1024;

  private final OutputStream out;
  private final Queue<byte[]> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteArrayOutputStream page = new ByteArrayOutputStream();

  LineHandler(OutputStream out, Formatter formatter) {
    this.out = out;
    setFormatter(formatter);
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
    lines.add(line);
    if (waiting.addAndGet(line.length) > MOST_WAITING) {
      flush();
    }
    // Who writes looks again after it let go: a line that came too late for it finds the lock free.
    while (!lines.isEmpty() && writing.tryLock()) {
      write();
    }
  }

  /** Waits until everything that was logged before has been written. */
  @Override
  public void flush() {
    do {
      writing.lock();
      write();
    } while (!lines.isEmpty());
  }

  @Override
  public void close() {
    flush();
  }

  /** Writes what waits in one piece, and lets go of the lock. */
  private void write() {
    try {
      for (byte[] line = lines.poll(); line != null; line = lines.poll()) {
        waiting.addAndGet(-line.length);
        page.write(line);
        if (page.size() >= MOST_WAITING) {
          break;
        }
      }
      page.writeTo(out);
    } catch (IOException e) {
      reportError("stdout", e, ErrorManager.WRITE_FAILURE);
    } finally {
      page.reset();
      writing.unlock();
    }
  }
}
