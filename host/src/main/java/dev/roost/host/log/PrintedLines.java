package dev.roost.host.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stands in for {@code System.out} and {@code System.err}: what user code prints becomes lines of
 * log that know their invocation. The owner's lock keeps a printed line together.
 */
final class PrintedLines extends OutputStream {
  private static final int LONGEST_LINE = 32 * 1024;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Logger outside = Logger.getLogger("Console");

  private PrintedLines() {}

  /** A stream to print to. */
  static PrintStream stream() {
    return new PrintStream(new PrintedLines(), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      end();
    } else if (b != '\r') {
      line.write(b);
      if (line.size() >= LONGEST_LINE) {
        end();
      }
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void end() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    Logger logger =
        InvocationScope.CURRENT.isBound()
            ? Logger.getLogger("Function." + InvocationScope.CURRENT.get().function() + ".User")
            : outside;
    // The text is the user's own: braces in it are no placeholders, so no parameters are passed.
    logger.log(Level.INFO, text);
  }
}
