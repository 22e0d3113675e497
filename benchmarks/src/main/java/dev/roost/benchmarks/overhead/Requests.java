package dev.roost.benchmarks.overhead;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Sink;
import dev.roost.spi.Source;
import java.util.OptionalInt;

/** Requests without a connection, 64 at a time; 32 come at once. */
final class Requests implements Source.Push {
  private static final int PAGE = 32;

  private final String function;
  private final Shape shape;

  Requests(String function, Shape shape) {
    this.function = function;
    this.shape = shape;
  }

  @Override
  public int concurrency() {
    return Integer.MAX_VALUE;
  }

  @Override
  public OptionalInt ceiling() {
    return OptionalInt.empty();
  }

  @Override
  public int line() {
    return 10_000;
  }

  @Override
  public void start(Sink sink) {
    Round.source(round -> offer(round, sink));
  }

  private void offer(Round round, Sink sink) {
    try {
      for (int page = round.take(PAGE); page > 0; page = round.take(PAGE)) {
        round.enter(page);
        for (int i = 0; i < page; i++) {
          if (!sink.offer(new Request(function, shape.payload(), round))) {
            throw new IllegalStateException("refused");
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {}

  private record Request(String function, Payload payload, Round round) implements Delivery {
    @Override
    public BindingData data() {
      return BindingData.EMPTY;
    }

    @Override
    public String reason() {
      return "This function was programmatically called via the host APIs.";
    }

    @Override
    public void settle(Outcome outcome) {
      round.settled(outcome, true);
    }
  }
}
