package dev.roost.benchmarks.app;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Timers that are due every five seconds, and others that keep the processors busy. */
public class Ticks {
  private static final int PERIOD = 5;
  private static final long BUSY = Duration.ofMillis(300).toNanos();

  /** Prints how long ago the five seconds began that the run is for. */
  @FunctionName("Tick")
  public void tick(
      @TimerTrigger(name = "timer", schedule = "*/5 * * * * *") String timer,
      ExecutionContext context) {
    Instant now = Instant.now();
    Instant due =
        Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), (long) PERIOD) * PERIOD);
    context.getLogger().info("arrived after " + ChronoUnit.MICROS.between(due, now) + " us");
  }

  /** Uses a processor for a while. */
  @FunctionName("Burn")
  public void burn(@TimerTrigger(name = "timer", schedule = "* * * * * *") String timer) {
    long end = System.nanoTime() + BUSY;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
