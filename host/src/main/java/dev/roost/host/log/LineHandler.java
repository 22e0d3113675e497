package dev.roost.host.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes whole records to one stream, each at once. */
final class LineHandler extends Handler {
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

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
    lock.lock();
    try {
      out.write(line);
    } catch (IOException e) {
      reportError("stdout", e, ErrorManager.WRITE_FAILURE);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
