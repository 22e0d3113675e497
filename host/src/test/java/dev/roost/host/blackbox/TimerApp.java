package dev.roost.host.blackbox;

import dev.roost.host.app.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * An app of four one-second timers whose runs write to a file before they do anything else: what
 * the file says outlives every process.
 *
 * @param folder where the app lies, and the file
 */
record TimerApp(Path folder) {

  /**
   * One line of the file.
   *
   * @param begun the instant up to which the host says that the run stands for occurrences
   * @param what {@code begin}, {@code end}, or {@code beat} of a run that lasts
   * @param pid the host's process
   * @param invocation names the run
   */
  record Line(
      String function,
      String what,
      Instant scheduled,
      Instant begun,
      boolean pastDue,
      long pid,
      String invocation,
      Instant at) {

    private static Line parse(String line) {
      String[] words = line.split(" ", -1);
      return new Line(
          words[0],
          words[1],
          Instant.parse(words[2]),
          Instant.parse(words[3]),
          Boolean.parseBoolean(words[4]),
          Long.parseLong(words[5]),
          words[6],
          Instant.parse(words[7]));
    }
  }

  static TimerApp in(Path folder) throws IOException {
    TestJar.functions(
            """
            @FunctionName("AtMostOnce")
            public void atMostOnce(
                @TimerTrigger(name = "t", schedule = "* * * * * *")
                    @dev.roost.annotations.TimerOptions(
                        missed = dev.roost.annotations.TimerOptions.Missed.SKIP,
                        guarantee = dev.roost.annotations.TimerOptions.Guarantee.AT_MOST_ONCE)
                    dev.roost.annotations.TimerInfo t,
                ExecutionContext context) {
              run(t, context, 500);
            }

            @FunctionName("AtLeastOnce")
            public void atLeastOnce(
                @TimerTrigger(name = "t", schedule = "* * * * * *")
                    @dev.roost.annotations.TimerOptions(
                        missed = dev.roost.annotations.TimerOptions.Missed.RUN_EACH,
                        maxMissed = 600)
                    dev.roost.annotations.TimerInfo t,
                ExecutionContext context) {
              run(t, context, 500);
            }

            @FunctionName("Defaults")
            public void defaults(
                @TimerTrigger(name = "t", schedule = "* * * * * *")
                    dev.roost.annotations.TimerInfo t,
                ExecutionContext context) {
              run(t, context, 10);
            }

            @FunctionName("Lasting")
            public void lasting(
                @TimerTrigger(name = "t", schedule = "* * * * * *")
                    dev.roost.annotations.TimerInfo t,
                ExecutionContext context) throws InterruptedException {
              for (int i = 0; i < 600; i++) {
                write(t, context, "beat");
                Thread.sleep(100);
              }
            }

            private static void run(
                dev.roost.annotations.TimerInfo t, ExecutionContext context, int milliseconds) {
              write(t, context, "begin");
              long end = System.nanoTime() + milliseconds * 1_000_000L;
              while (System.nanoTime() < end) {
                java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
              }
              write(t, context, "end");
            }

            private static void write(
                dev.roost.annotations.TimerInfo t, ExecutionContext context, String what) {
              String line =
                  String.join(
                          " ",
                          context.getFunctionName(),
                          what,
                          t.scheduled().toString(),
                          t.begun().toString(),
                          Boolean.toString(t.isPastDue()),
                          Long.toString(ProcessHandle.current().pid()),
                          context.getInvocationId(),
                          java.time.Instant.now().toString())
                      + "\\n";
              try {
                java.nio.file.Files.writeString(
                    java.nio.file.Path.of(System.getenv("TIMER_RUNS")),
                    line,
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND,
                    java.nio.file.StandardOpenOption.DSYNC);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
            """)
        .jar(folder.resolve("app.jar"));
    Files.writeString(folder.resolve("host.json"), "{\"version\": \"2.0\"}");
    Files.createFile(folder.resolve("runs"));
    return new TimerApp(folder);
  }

  /** With another lease than that of 15 s. */
  TimerApp withLease(String period) throws IOException {
    Files.writeString(
        folder.resolve("host.json"),
        "{\"version\": \"2.0\", \"singleton\": {\"listenerLockPeriod\": \"%s\"}}"
            .formatted(period));
    return this;
  }

  /** A host of this app, which has started. */
  HostProcess start(String storage) throws IOException {
    return HostProcess.command("start", folder.toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", storage)
        .with("AzureFunctionsWebHost__hostid", "timerstorm")
        .with("AZURE_FUNCTIONS_ENVIRONMENT", "Development") // health tells its reasons
        .with("TIMER_RUNS", folder.resolve("runs").toString())
        .started();
  }

  /** Everything written so far, in the order of time. A line that a kill cut off is no line. */
  List<Line> lines() {
    try {
      String text = Files.readString(folder.resolve("runs"));
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(Line::parse)
          .sorted(Comparator.comparing(Line::at))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a function wrote, in the order of time. */
  List<Line> runs(String function) {
    return lines().stream().filter(line -> line.function().equals(function)).toList();
  }

  /** What a function wrote when its runs began. */
  List<Line> begun(String function) {
    return runs(function).stream().filter(line -> line.what().equals("begin")).toList();
  }
}
