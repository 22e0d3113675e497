package dev.roost.benchmarks.overhead;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A queue in memory: 32 messages a page, on loan for two minutes, as the storage queue binding's.
 */
final class Messages implements Source.Pull {
  private static final Duration RENEWAL = Duration.ofMinutes(1);
  private final String function;
  private final Shape shape;
  private volatile @Nullable Round round;

  Messages(String function, Shape shape) {
    this.function = function;
    this.shape = shape;
  }

  @Override
  public Demand demand() {
    return new Demand(16, 32);
  }

  @Override
  public int concurrency() {
    return 64;
  }

  @Override
  public Duration maxIdle() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void start(Runnable wake) {
    Round.source(begun -> {
      round = begun;
      wake.run();
    });
  }

  @Override
  public List<Delivery> poll(int permits) {
    Round now = round;
    return now == null
        ? List.of()
        : Stream.<Delivery>generate(() -> new Message(function, shape.payload(), now))
            .limit(now.take(Math.min(32, permits)))
            .toList();
  }

  private record Message(String function, Payload payload, Round round) implements Delivery {
    @Override
    public BindingData data() {
      return BindingData.EMPTY;
    }

    @Override
    public String reason() {
      return "New queue message detected on 'orders'.";
    }

    @Override
    public Map<String, String> details() {
      return Map.of(
          "MessageId",
          "7a1c0d52-62f4-4c8e-9f0e-000000000004",
          "DequeueCount",
          "1",
          "InsertedOn",
          "2026-01-01T00:00:00.000+00:00");
    }

    @Override
    public Optional<Instant> enqueuedAt() {
      return Optional.of(Instant.EPOCH);
    }

    @Override
    public Optional<Duration> renewEvery() {
      return Optional.of(RENEWAL);
    }

    @Override
    public void settle(Outcome outcome) {
      round.settled(outcome, false);
    }
  }
}
