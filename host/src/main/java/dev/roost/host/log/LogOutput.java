package dev.roost.host.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends everything that the JVM logs or prints to standard output, in one form. */
public final class LogOutput {
  private LogOutput() {}

  /** The form of a line. */
  public enum Form {
    TEXT,
    JSON
  }

  /** Takes over the root logger, {@code System.out} and {@code System.err}. */
  public static void install(Form form) {
    LogManager.getLogManager().reset();
    install(form, new FileOutputStream(FileDescriptor.out));
    System.setOut(PrintedLines.stream());
    System.setErr(PrintedLines.stream());
  }

  static Handler install(Form form, OutputStream out) {
    Handler handler = new LineHandler(out, form == Form.JSON ? new JsonLines() : new TextLines());
    Logger.getLogger("").addHandler(handler);
    return handler;
  }
}
