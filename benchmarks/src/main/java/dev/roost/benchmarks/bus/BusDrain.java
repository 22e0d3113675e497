package dev.roost.benchmarks.bus;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The drain of a Service Bus queue of empty work, by the packaged host and by the SDK's own
 * processor in turn, each in a process of its own against one emulator in another: messages a
 * second, and CPU of the process for each thousand. Then the same with sessions. {@code queue} or
 * {@code sessions} measures one of them.
 */
public final class BusDrain {
  static final String QUEUE = "benchmark";
  static final String SESSIONS = "benchmark-sessions";

  private static final int SESSION_COUNT = 100;

  /** 100,000 messages, as in the drain of a storage queue. */
  private static final int WARM_UPS = 5;

  private static final int[][] PROCESSORS = {{32, 0}, {64, 0}, {64, 256}};
  private static final int[][] SESSION_PROCESSORS = {{16, 0}, {50, 0}};

  private final Path root;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final String connection;
  private final int messages;

  private BusDrain(Path root, Process stub, int messages) throws IOException {
    this.root = root;
    this.messages = messages;
    this.commands = stub.outputWriter(StandardCharsets.UTF_8);
    this.answers = stub.inputReader(StandardCharsets.UTF_8);
    this.connection = answers.readLine();
  }

  /** One process that drains. */
  private record Side(String name, List<String> command, Map<String, String> environment) {}

  /** What one drain took. */
  private record Took(double perSecond, double cpuPerThousand) {}

  /** Measures and prints tables. */
  public static void main(String[] args) throws IOException, InterruptedException {
    dev.roost.benchmarks.Quiet.azure();
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    boolean brief = List.of(args).contains("--short");
    boolean sessionsOnly = List.of(args).contains("sessions");
    boolean queueOnly = List.of(args).contains("queue");
    Process stub =
        new ProcessBuilder(java(), "-Xmx512m", "-cp", path(root), BusStub.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BusDrain drain = new BusDrain(root, stub, 20_000);
      if (!sessionsOnly) {
        drain.measure(QUEUE, PROCESSORS, brief ? 2 : 5);
      }
      if (!queueOnly) {
        drain.measure(SESSIONS, SESSION_PROCESSORS, brief ? 2 : 5);
      }
    } finally {
      stub.destroyForcibly().waitFor();
    }
  }

  private void measure(String queue, int[][] settings, int pairs)
      throws IOException, InterruptedException {
    System.out.printf("%n%s: which settings of the processor are best%n%n", queue);
    System.out.println("| side | messages/s | CPU s per 1,000 |%n|---|---|---|".formatted());
    int[] best = settings[0];
    double most = 0;
    for (int[] each : settings) {
      double rate = tell(processor(queue, each), queue).perSecond();
      if (rate > most) {
        most = rate;
        best = each;
      }
    }
    System.out.printf("%n%s: Roost and the best processor in turn%n%n", queue);
    System.out.println("| side | messages/s | CPU s per 1,000 |%n|---|---|---|".formatted());
    List<Took> ours = new ArrayList<>();
    List<Took> theirs = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      ours.add(tell(roost(queue, best), queue));
      theirs.add(tell(processor(queue, best), queue));
    }
    System.out.printf(
        "%n%s, medians of %d: throughput %.2f of the processor's, CPU %.2f of the processor's%n",
        queue,
        pairs,
        median(ours.stream().mapToDouble(Took::perSecond).toArray())
            / median(theirs.stream().mapToDouble(Took::perSecond).toArray()),
        median(ours.stream().mapToDouble(Took::cpuPerThousand).toArray())
            / median(theirs.stream().mapToDouble(Took::cpuPerThousand).toArray()));
  }

  private Took tell(Side side, String queue) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(side.command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(side.environment());
    builder.environment().put("AzureWebJobsServiceBus", connection);
    Process process = builder.start();
    try {
      for (int i = 0; i < WARM_UPS; i++) {
        drain(process, queue); // the compilers' turn
      }
      Took took = drain(process, queue);
      System.out.printf(
          "| %s | %.0f | %.3f |%n", side.name(), took.perSecond(), took.cpuPerThousand());
      return took;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Took drain(Process process, String queue) throws IOException {
    fill(queue);
    Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
    long begin = System.nanoTime();
    ask("due");
    ask("idle " + queue);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO).minus(cpu);
    return new Took(messages / seconds, used.toNanos() / 1e9 * 1_000 / messages);
  }

  private void ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    if (answers.readLine() == null) {
      throw new IOException("the emulator ended");
    }
  }

  private void fill(String queue) {
    OffsetDateTime due = OffsetDateTime.now(ZoneOffset.UTC).plus(BusStub.AHEAD);
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(connection)
            .sender()
            .queueName(queue)
            .buildClient()) {
      ServiceBusMessageBatch batch = sender.createMessageBatch();
      for (int i = 0; i < messages; i++) {
        ServiceBusMessage message =
            new ServiceBusMessage("message " + i).setScheduledEnqueueTime(due);
        if (queue.equals(SESSIONS)) {
          message.setSessionId("session-" + i % SESSION_COUNT);
        }
        if (!batch.tryAddMessage(message)) {
          sender.sendMessages(batch);
          batch = sender.createMessageBatch();
          batch.tryAddMessage(message);
        }
      }
      sender.sendMessages(batch);
    }
  }

  private Side processor(String queue, int[] settings) {
    return new Side(
        "processor, %d at once, prefetch %d".formatted(settings[0], settings[1]),
        List.of(
            java(),
            "-Xmx256m",
            "-XX:+UseG1GC",
            "-cp",
            path(root),
            BusProcessor.class.getName(),
            queue,
            "" + settings[0],
            "" + settings[1]),
        Map.of());
  }

  private Side roost(String queue, int[] settings) {
    String prefix = "AzureFunctionsJobHost__extensions__serviceBus__";
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "AzureFunctionsWebHost__hostid",
                "benchmark",
                prefix + "maxConcurrentCalls",
                "" + settings[0],
                prefix + "maxConcurrentSessions",
                "" + settings[0],
                prefix + "sessionIdleTimeout",
                "00:00:01",
                prefix + "prefetchCount",
                "" + settings[1]));
    return new Side(
        "Roost",
        List.of(
            java(),
            "-Xmx256m",
            "-XX:+UseG1GC",
            "-jar",
            root.resolve("host/target/roost/lib/roost-host.jar").toString(),
            "start",
            root.resolve("benchmarks/target/classes").toString(),
            "--port",
            "0",
            "--functions",
            queue.equals(SESSIONS) ? "BusSessions" : "BusQueue"),
        environment);
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  private static String path(Path root) {
    return root.resolve("benchmarks/target/classes")
        + File.pathSeparator
        + root.resolve("host/target/roost/lib")
        + "/*";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
