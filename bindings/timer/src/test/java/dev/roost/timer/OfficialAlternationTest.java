package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our host and the official one take turns on one storage account. The runs, and the status after
 * each turn, must be those of the official host alone: nothing completed is repeated, nothing that
 * it would run is missed.
 */
class OfficialAlternationTest {

  /** One host's turn, and how long nobody listens after it. */
  private record Turn(boolean ours, Duration time, Duration silence) {}

  private record Story(List<Instant> begun, List<String> statuses) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 290, 420, 1000})
  void theRunsAreThoseOfTheOfficialHostAlone(int secondsOfARun) throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      List<Turn> turns = turns(new Random(seed));
      Duration takes = Duration.ofSeconds(secondsOfARun);
      Story official =
          tell(
              turns.stream().map(turn -> new Turn(false, turn.time(), turn.silence())).toList(),
              takes);
      Story mixed = tell(turns, takes);
      assertThat(mixed.begun()).as("seed %s", seed).isEqualTo(official.begun());
      assertThat(mixed.statuses()).as("seed %s", seed).isEqualTo(official.statuses());
      assertThat(official.begun()).hasSizeGreaterThan(5);
    }
  }

  private static List<Turn> turns(Random random) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      turns.add(
          new Turn(
              random.nextBoolean(),
              Duration.ofMillis(random.nextInt(2_400_000)),
              Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(1_200_000))));
    }
    return turns;
  }

  private static Story tell(List<Turn> turns, Duration takes) throws Exception {
    TimerBench bench = new TimerBench("0 */5 * * * *");
    List<Instant> begun = new ArrayList<>();
    List<String> statuses = new ArrayList<>();
    for (Turn turn : turns) {
      Runnable kill = turn.ours() ? ours(bench, takes, begun) : theirs(bench, takes, begun);
      bench.clock.advance(turn.time());
      kill.run();
      statuses.add(bench.stored(TimerBench.STATUS));
      bench.clock.advance(turn.silence());
    }
    return new Story(begun, statuses);
  }

  private static Runnable theirs(TimerBench bench, Duration takes, List<Instant> begun) {
    OfficialHost host = new OfficialHost(bench.clock, bench.store(), takes, begun);
    host.start();
    return host::kill;
  }

  private static Runnable ours(TimerBench bench, Duration takes, List<Instant> begun)
      throws Exception {
    Elections elections = new Elections();
    bench.host.singletons = elections;
    var source = (dev.roost.spi.Source.Push) bench.triggers.open(bench.context());
    source.start(delivery -> {
      begun.add(bench.clock.now());
      delivery.started(reason -> {});
      bench.clock.after(
          takes,
          () -> {
            try {
              delivery.settle(new Outcome.Succeeded(Payload.EMPTY));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return true;
    });
    return () -> {
      elections.expire();
      elections.depose();
    };
  }
}
