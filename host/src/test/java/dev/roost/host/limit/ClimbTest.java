package dev.roost.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.limit.Observation.Ceiling;
import org.junit.jupiter.api.Test;

class ClimbTest {
  private static final Ceiling SHARE = new Ceiling(2, true, "its share");

  private final Climb climb = new Climb(40, 1, 500);

  /** Some tenths of a second with so many in flight. */
  private void observe(double inFlight, Ceiling ceiling) {
    for (int i = 0; i < 5; i++) {
      climb.observe(new Observation(0.1, 0, 0, 0, 0, inFlight * 0.1, Supply.UNKNOWN, ceiling));
    }
  }

  @Test
  void aFunctionThatIsIdleKeepsItsLevelThroughAnOverloadOfOthers() {
    observe(0, SHARE);
    assertThat(climb.current()).isEqualTo(2);
    assertThat(climb.reason()).isEqualTo(Reason.SHARE);
    observe(0, Ceiling.NONE);
    assertThat(climb.current()).isEqualTo(40);
  }

  @Test
  void aFunctionThatRunsBeginsAnewFromItsShare() {
    observe(2, SHARE);
    observe(2, Ceiling.NONE);
    assertThat(climb.current()).isBetween(2, 4);
  }
}
