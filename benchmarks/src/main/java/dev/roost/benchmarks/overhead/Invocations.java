package dev.roost.benchmarks.overhead;

import dev.roost.benchmarks.AppJar;
import dev.roost.host.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a decoded event to its settled outcome: admission, a thread, conversion, the call, the
 * reply, settling, meters; with the three log lines of an invocation and without. The host is the
 * packaged one and runs as {@code roost start} does, in JMH's process.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 3)
@Measurement(iterations = 5, time = 3)
public class Invocations {
  private static final int EVENTS = 20_000;

  /** What comes. */
  @Param Shape shape = Shape.QUEUE_TEXT;

  /** {@code Information} writes the lines of each invocation to {@code /dev/null}. */
  @Param({"Warning", "Information"})
  String level = "Warning";

  /** Starts the host on an app with one function. */
  @Setup
  public void start() throws IOException {
    Path app = Files.createTempDirectory("roost-overhead");
    Path function = Files.createDirectory(app.resolve("Event"));
    Files.writeString(function.resolve("function.json"), shape.definition());
    Files.writeString(
        app.resolve("host.json"),
        "{\"version\":\"2.0\",\"logging\":{\"logLevel\":{\"default\":\"" + level + "\"}}}");
    AppJar.write(
        app.resolve("events.jar"),
        "dev/roost/benchmarks/overhead/app/",
        "Events",
        "Events$Order",
        "Events$Line");
    Thread.ofPlatform()
        .daemon()
        .start(() ->
            Main.main(new String[] {"start", app.toString(), "--port", "0", "--log", "json"}));
  }

  /** A round of events; the score counts each. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void events() throws Exception {
    Round.run(EVENTS);
  }
}
