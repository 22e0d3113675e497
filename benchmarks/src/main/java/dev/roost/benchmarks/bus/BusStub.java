package dev.roost.benchmarks.bus;

import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.broker.Counts;
import dev.roost.emulator.config.QueueConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The emulator in a process of its own. Says its connection string first. {@code due} makes every
 * scheduled message due, {@code idle PATH} answers when nothing is left there.
 */
public final class BusStub {
  /** How far ahead messages are scheduled. */
  static final Duration AHEAD = Duration.ofHours(1);

  private BusStub() {}

  /** Runs until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (ServiceBusEmulator emulator =
            ServiceBusEmulator.builder()
                .queue(QueueConfig.queue(BusDrain.QUEUE))
                .queue(QueueConfig.queue(BusDrain.SESSIONS).withSessions())
                .start();
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(emulator.connectionString());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.equals("due")) {
          emulator.advance(AHEAD.plusMinutes(1));
        } else {
          awaitEmpty(emulator, line.substring(line.indexOf(' ') + 1));
        }
        System.out.println("ok");
      }
    }
  }

  private static void awaitEmpty(ServiceBusEmulator emulator, String path)
      throws InterruptedException {
    Counts counts = emulator.counts(path);
    while (counts.active() + counts.locked() + counts.scheduled() > 0) {
      TimeUnit.MILLISECONDS.sleep(5);
      counts = emulator.counts(path);
    }
  }
}
