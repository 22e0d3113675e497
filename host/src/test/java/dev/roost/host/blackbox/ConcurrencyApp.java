package dev.roost.host.blackbox;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.host.app.TestJar;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Functions that tell when they ran and how many did at once, on Azurite and the emulator. */
final class ConcurrencyApp implements AutoCloseable {
  private static final String FUNCTIONS =
      """
      private static final Map<String, List<String>> SEEN =
          new java.util.concurrent.ConcurrentHashMap<>();
      private static final Map<String, java.util.concurrent.atomic.AtomicInteger> RUNNING =
          new java.util.concurrent.ConcurrentHashMap<>();
      private static volatile boolean broken = true;

      interface Work { void run() throws InterruptedException; }

      private static void note(String name, String message, Work work)
          throws InterruptedException {
        var running =
            RUNNING.computeIfAbsent(name, n -> new java.util.concurrent.atomic.AtomicInteger());
        int now = running.incrementAndGet();
        long begun = System.currentTimeMillis();
        String outcome = "failed";
        try {
          work.run();
          outcome = "done";
        } finally {
          running.decrementAndGet();
          SEEN.computeIfAbsent(name, n -> Collections.synchronizedList(new ArrayList<>()))
              .add(begun + " " + System.currentTimeMillis() + " " + now + " " + outcome + " "
                  + message);
        }
      }

      private static void burn(long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }

      @FunctionName("Seen")
      public String seen(
          @HttpTrigger(name = "request", route = "seen/{name}",
              authLevel = AuthorizationLevel.ANONYMOUS) String request,
          @BindingName("name") String name) {
        List<String> runs = SEEN.getOrDefault(name, List.of());
        synchronized (runs) {
          return String.join("\\n", runs);
        }
      }

      @FunctionName("Mend")
      public String mend(
          @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
              String request) {
        broken = false;
        return "mended";
      }

      @FunctionName("Queued")
      public void queued(
          @QueueTrigger(name = "m", queueName = "%PLACE%-queue",
              connection = "AzureWebJobsStorage") String m) throws InterruptedException {
        note("Queued", m, () -> Thread.sleep(100));
      }

      @FunctionName("Bused")
      public void bused(
          @ServiceBusQueueTrigger(name = "m", queueName = "%PLACE%-queue", connection = "Bus")
              String m) throws InterruptedException {
        note("Bused", m, () -> Thread.sleep(100));
      }

      @FunctionName("Rated")
      public void rated(
          @QueueTrigger(name = "m", queueName = "rated", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Rated", m, () -> {});
      }

      @FunctionName("GroupA")
      public void groupA(
          @QueueTrigger(name = "m", queueName = "group-a", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Group", m, () -> {});
      }

      @FunctionName("GroupB")
      public void groupB(
          @QueueTrigger(name = "m", queueName = "group-b", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Group", m, () -> {});
      }

      @FunctionName("Fragile")
      public void fragile(
          @QueueTrigger(name = "m", queueName = "fragile", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Fragile", m, () -> {
          Thread.sleep(50);
          if (broken) {
            throw new IllegalStateException("the downstream refuses");
          }
        });
      }

      @FunctionName("Low")
      public void low(
          @QueueTrigger(name = "m", queueName = "low", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Low", m, () -> burn(40));
      }

      @FunctionName("High")
      public void high(
          @QueueTrigger(name = "m", queueName = "high", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("High", m, () -> burn(40));
      }

      @FunctionName("Burns")
      public void burns(
          @ServiceBusQueueTrigger(name = "m", queueName = "burns", connection = "Bus") String m)
          throws InterruptedException {
        note("Burns", m, () -> burn(6_000));
      }

      @FunctionName("Quick")
      public void quick(
          @QueueTrigger(name = "m", queueName = "quick", connection = "AzureWebJobsStorage")
              String m) throws InterruptedException {
        note("Quick", m + " " + !Thread.currentThread().isVirtual(), () -> {});
      }
      """;

  private final Path jar;
  private final Azurite azurite = Azurite.launch();
  private final Storage storage = new Storage(azurite.connectionString());
  private final ServiceBusEmulator bus =
      ServiceBusEmulator.builder()
          .queue(QueueConfig.queue("burns").lockDuration(Duration.ofSeconds(2)))
          .start();

  /**
   * One run of a function.
   *
   * @param begun milliseconds of the wall clock
   * @param running how many of its function ran when it had begun, itself included
   */
  record Run(long begun, long ended, int running, boolean done, String message) {
    private static Run parse(String line) {
      String[] words = line.split(" ", 5);
      return new Run(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Integer.parseInt(words[2]),
          words[3].equals("done"),
          words[4]);
    }
  }

  ConcurrencyApp(Path folder) throws IOException {
    this.jar = TestJar.functions(FUNCTIONS).jar(folder.resolve("app.jar"));
  }

  /**
   * A host that runs some functions.
   *
   * @param place names its own queues
   */
  HostProcess start(String place, String hostJson, String functions) throws IOException {
    Path folder = jar.resolveSibling(place);
    Files.createDirectories(folder);
    Files.copy(jar, folder.resolve("app.jar"));
    Files.writeString(folder.resolve("host.json"), hostJson);
    bus.create(QueueConfig.queue(place + "-queue"));
    return HostProcess.command(
            "start", folder.toString(), "--port", "0", "--log", "text", "--functions", functions)
        .with("AzureWebJobsStorage", azurite.connectionString())
        .with("AzureFunctionsWebHost__hostid", place)
        .with("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.200")
        .with("ROOST_KEYS__host__master", "m")
        .with("Bus", bus.connectionString())
        .with("PLACE", place)
        .started();
  }

  Storage storage() {
    return storage;
  }

  void send(String queue, int messages, IntFunction<String> text) {
    var client = storage.queue(queue);
    IntStream.range(0, messages).parallel().forEach(i -> client.sendMessage(text.apply(i)));
  }

  void sendByBus(String queue, int messages) {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(bus.connectionString())
            .sender()
            .queueName(queue)
            .buildClient()) {
      sender.sendMessages(
          IntStream.range(0, messages).mapToObj(i -> new ServiceBusMessage("m" + i)).toList());
    }
  }

  /** How many messages of a queue of the bus are on loan. */
  int lent(String queue) {
    return bus.counts(queue).locked();
  }

  /** The ended runs of a function, in the order in which they began. */
  static List<Run> runs(HostProcess host, String name) throws IOException, InterruptedException {
    return host.get("/api/seen/" + name)
        .body()
        .lines()
        .map(Run::parse)
        .sorted(Comparator.comparingLong(Run::begun))
        .toList();
  }

  @Override
  public void close() throws IOException {
    bus.close();
    azurite.close();
  }
}
