package dev.roost.host;

import dev.roost.spi.Singletons;
import java.time.Duration;

final class Unelected implements Singletons {
  @Override
  public Candidacy compete(String lock, Candidate candidate) {
    throw new IllegalStateException(lock);
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(15);
  }
}
