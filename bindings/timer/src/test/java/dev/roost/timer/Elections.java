package dev.roost.timer;

import dev.roost.spi.Health;
import dev.roost.spi.Singletons;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** {@link Singletons} in which the test says who holds the lock. */
final class Elections implements Singletons {
  String lock = "";
  boolean electAtOnce = true;
  boolean holding;
  boolean closed;
  private Candidate candidate;
  private Seat seat;

  /** A tenure that the test can end behind the candidate's back. */
  static final class Seat implements Tenure {
    volatile boolean held = true;

    @Override
    public boolean holds() {
      return held;
    }
  }

  @Override
  public Candidacy compete(String name, Candidate wants) {
    lock = name;
    candidate = wants;
    if (electAtOnce) {
      elect();
    }
    return new Candidacy() {
      @Override
      public Health health() {
        return holding ? Health.UP : Health.standby("another host holds " + name);
      }

      @Override
      public Optional<Tenure> tenure() {
        return Optional.ofNullable(seat);
      }

      @Override
      public void close() {
        closed = true;
        depose();
      }
    };
  }

  void elect() {
    seat = new Seat();
    holding = true;
    try {
      candidate.elected(seat);
    } catch (IOException e) {
      Assertions.fail("elected", e);
    }
  }

  /** The lease has run out by our own clock, and nobody has said so yet. */
  void expire() {
    seat.held = false;
  }

  void depose() {
    if (holding) {
      holding = false;
      seat.held = false;
      candidate.deposed();
    }
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(15);
  }
}
