package dev.roost.testkit;

import dev.roost.spi.Health;
import dev.roost.spi.Singletons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** {@link Singletons} of a host that is alone: every candidate is elected at once and for good. */
public final class SoleHost implements Singletons {
  @Override
  public Candidacy compete(String lock, Candidate candidate) {
    Tenure tenure = () -> true;
    try {
      candidate.elected(tenure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Candidacy() {
      @Override
      public Health health() {
        return Health.UP;
      }

      @Override
      public Optional<Tenure> tenure() {
        return Optional.of(tenure);
      }

      @Override
      public void close() {
        candidate.deposed();
      }
    };
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(15);
  }
}
