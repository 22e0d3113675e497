package dev.roost.host.meter;

import dev.roost.spi.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The host's meters in one Micrometer registry. */
public final class MicrometerMeters implements Meters, AutoCloseable {
  /** Buckets of every duration, in seconds: from a local call to a long job. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<JvmGcMetrics> process = new ArrayList<>();

  @Override
  public Counter counter(String name, String description, String... labels) {
    return io.micrometer.core.instrument.Counter.builder(name)
            .description(description)
            .tags(labels)
            .register(registry)
        ::increment;
  }

  @Override
  public Timing timing(String name, String description, String... labels) {
    Timer timer =
        Timer.builder(name)
            .description(description)
            .tags(labels)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    return duration -> timer.record(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... labels) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(labels)
        .strongReference(true)
        .register(registry);
  }

  /** Everything in Prometheus's text form, version 0.0.4. */
  public String scrape() {
    watchProcess();
    return registry.scrape();
  }

  /** The JVM and the process; not before somebody looks, so that a start does not pay for it. */
  private synchronized void watchProcess() {
    if (process.isEmpty()) {
      JvmGcMetrics collector = new JvmGcMetrics();
      process.add(collector);
      List.of(
              new ClassLoaderMetrics(),
              new JvmMemoryMetrics(),
              new JvmThreadMetrics(),
              new ProcessorMetrics(),
              new UptimeMetrics(),
              collector)
          .forEach(binder -> binder.bindTo(registry));
    }
  }

  @Override
  public synchronized void close() {
    process.forEach(JvmGcMetrics::close);
    registry.close();
  }
}
