package dev.roost.host.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
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

  /** Text when somebody reads along: on a terminal, or when the environment says so. */
  // JDK 25 gives null again when there is no terminal, whatever newer advice says.
  @SuppressWarnings("SystemConsoleNull")
  public static Form preferred(Map<String, String> environment) {
    String asked = environment.getOrDefault("ROOST_LOG", "");
    if (!asked.isEmpty()) {
      return asked.equalsIgnoreCase("json") ? Form.JSON : Form.TEXT;
    }
    Console console = System.console();
    return console != null && console.isTerminal() ? Form.TEXT : Form.JSON;
  }

  /** Takes over the root logger, {@code System.out} and {@code System.err}. */
  public static void install(Form form) {
    LogManager.getLogManager().reset();
    install(form, new FileOutputStream(FileDescriptor.out));
    System.setOut(PrintedLines.stream());
    System.setErr(PrintedLines.stream());
  }

  /** Writes one line as it is, for programs that read the output. */
  public static void line(String text) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.println(text);
  }

  static Handler install(Form form, OutputStream out) {
    Handler handler = new LineHandler(out, form == Form.JSON ? new JsonLines() : new TextLines());
    Logger.getLogger("").addHandler(handler);
    return handler;
  }
}
