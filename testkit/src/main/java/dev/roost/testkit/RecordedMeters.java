package dev.roost.testkit;

import dev.roost.spi.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Meters that a test reads back by name and labels, in the order in which they were given. */
public final class RecordedMeters implements Meters {
  private final Map<List<String>, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<List<String>, List<Duration>> timings = new ConcurrentHashMap<>();
  private final Map<List<String>, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public Counter counter(String name, String description, String... labels) {
    return counters.computeIfAbsent(key(name, labels), _ -> new LongAdder())::add;
  }

  @Override
  public Timing timing(String name, String description, String... labels) {
    return timings.computeIfAbsent(key(name, labels), _ -> new CopyOnWriteArrayList<>())::add;
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... labels) {
    gauges.put(key(name, labels), value);
  }

  /** What a counter says; 0 when nobody made it. */
  public long count(String name, String... labels) {
    return Optional.ofNullable(counters.get(key(name, labels))).map(LongAdder::sum).orElse(0L);
  }

  /** The durations recorded so far, in order. */
  public List<Duration> durations(String name, String... labels) {
    return List.copyOf(timings.getOrDefault(key(name, labels), List.of()));
  }

  /** What a gauge says now; NaN when nobody made it. */
  public double value(String name, String... labels) {
    return gauges.getOrDefault(key(name, labels), () -> Double.NaN).getAsDouble();
  }

  private static List<String> key(String name, String... labels) {
    return Stream.concat(Stream.of(name), Stream.of(labels)).toList();
  }
}
