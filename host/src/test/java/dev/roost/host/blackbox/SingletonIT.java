package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.queue.QueueClient;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts, queues full of messages, and functions that want to run alone. */
class SingletonIT {
  private static final int MESSAGES = 100;
  private static final int VALUES = 4;

  private @TempDir Path folder;

  /** One call as it wrote itself down at its end. */
  private record Call(String function, String value, long pid, Instant begun, Instant ended) {
    static Call parse(String line) {
      String[] words = line.split(" ", -1);
      return new Call(
          words[0],
          words[1],
          Long.parseLong(words[2]),
          Instant.parse(words[3]),
          Instant.parse(words[4]));
    }
  }

  @Test
  void oneCallRunsAtATimeAndOneForEachValue() throws IOException, InterruptedException {
    Path app = folder.toRealPath();
    TestJar.functions(
            """
            @FunctionName("Alone")
            @dev.roost.annotations.Singleton
            public void alone(
                @QueueTrigger(name = "m", queueName = "alone", connection = "AzureWebJobsStorage")
                    Map<String, Object> m,
                ExecutionContext context) throws Exception {
              work(m, context);
            }

            @FunctionName("PerCustomer")
            @dev.roost.annotations.Singleton("{customerId}")
            public void perCustomer(
                @QueueTrigger(name = "m", queueName = "percustomer", connection = "AzureWebJobsStorage")
                    Map<String, Object> m,
                ExecutionContext context) throws Exception {
              work(m, context);
            }

            private static void work(Map<String, Object> m, ExecutionContext context)
                throws Exception {
              java.time.Instant begun = java.time.Instant.now();
              Thread.sleep(40);
              java.nio.file.Files.writeString(
                  java.nio.file.Path.of(System.getenv("CALLS")),
                  String.join(
                          " ",
                          context.getFunctionName(),
                          m.get("customerId").toString(),
                          Long.toString(ProcessHandle.current().pid()),
                          begun.toString(),
                          java.time.Instant.now().toString())
                      + "\\n",
                  java.nio.file.StandardOpenOption.APPEND);
            }
            """)
        .jar(app.resolve("app.jar"));
    Files.writeString(app.resolve("host.json"), "{\"version\": \"2.0\"}");
    Path file = Files.createFile(app.resolve("calls"));
    try (Azurite azurite = Azurite.launch()) {
      Storage storage = new Storage(azurite.connectionString());
      storage.queue("alone");
      storage.queue("percustomer");
      try (HostProcess first = start(app, azurite);
          HostProcess second = start(app, azurite)) {
        for (String name : List.of("alone", "percustomer")) {
          QueueClient queue = storage.queue(name);
          IntStream.range(0, MESSAGES)
              .parallel()
              .forEach(i -> queue.sendMessage("{\"customerId\": \"c" + i % VALUES + "\"}"));
        }
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> Files.readAllLines(file).size() >= 2 * MESSAGES);
        assertThat(first.isAlive() && second.isAlive()).isTrue();
      }
      assertThat(storage.count("alone-poison") + storage.count("percustomer-poison")).isZero();
    }
    judge(Files.readAllLines(file).stream().map(Call::parse).toList());
  }

  private static HostProcess start(Path app, Azurite azurite) throws IOException {
    return HostProcess.command("start", app.toString(), "--port", "0", "--log", "text")
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsWebHost__hostid", "singletons")
        .with("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.2")
        .with("CALLS", app.resolve("calls").toString())
        .started();
  }

  private static void judge(List<Call> calls) {
    Map<String, List<Call>> byFunction =
        calls.stream().collect(Collectors.groupingBy(Call::function));
    List<Call> alone = byFunction.get("Alone");
    List<Call> perCustomer = byFunction.get("PerCustomer");
    long together = overlapping(perCustomer);
    long ofOneValue =
        perCustomer.stream().collect(Collectors.groupingBy(Call::value)).values().stream()
            .mapToLong(SingletonIT::overlapping)
            .sum();
    Set<Long> hosts = calls.stream().map(Call::pid).collect(Collectors.toCollection(HashSet::new));
    System.out.printf(
        "singletons on %d hosts: %d calls, %d began before the one before ended;"
            + " per value: %d calls, %d so for one value, %d for different ones%n",
        hosts.size(), alone.size(), overlapping(alone), perCustomer.size(), ofOneValue, together);
    assertThat(alone).hasSize(MESSAGES);
    assertThat(perCustomer).hasSize(MESSAGES);
    assertThat(overlapping(alone)).isZero();
    assertThat(ofOneValue).isZero();
    assertThat(together).as("calls of different values run together").isPositive();
    assertThat(hosts).as("both hosts took part").hasSize(2);
  }

  /** How many calls began before an earlier one had ended. */
  private static long overlapping(List<Call> calls) {
    List<Call> ordered = new ArrayList<>(calls);
    ordered.sort(Comparator.comparing(Call::begun));
    long overlapping = 0;
    Instant ended = Instant.MIN;
    for (Call call : ordered) {
      if (call.begun().isBefore(ended)) {
        overlapping++;
      }
      ended = call.ended().isAfter(ended) ? call.ended() : ended;
    }
    return overlapping;
  }
}
