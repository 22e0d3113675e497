package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Health;
import dev.roost.spi.Singletons;
import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.MemoryStateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
  private static final Duration STEP = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryLeaseProvider shared = new MemoryLeaseProvider(clock);
  private final MemoryStateStore documents = new MemoryStateStore(clock);
  private final Node first = node("first");
  private final Node second = node("second");

  private Node node(String name) {
    return new Node(name, clock, shared, documents).keep(LeaseOptions.DEFAULT);
  }

  /** Lets time pass in small steps; at no step may both hold the lock. */
  private void pass(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      clock.advance(STEP);
      assertThat(first.holds() && second.holds()).as("both hold at %s", clock.now()).isFalse();
    }
  }

  private Duration untilElected(Node node) {
    Duration passed = Duration.ZERO;
    while (!node.holds() && passed.compareTo(Duration.ofMinutes(5)) < 0) {
      pass(STEP);
      passed = passed.plus(STEP);
    }
    return passed;
  }

  @Test
  void winsAtOnceWhenNobodyHoldsTheOfficialLock() {
    first.compete();
    assertThat(first.told).containsExactly("elected");
    assertThat(first.candidacy.health()).isEqualTo(Health.UP);
    assertThat(first.candidacy.tenure()).containsSame(first.tenure);
    assertThat(shared.acquire("azure-webjobs-hosts/locks/testhost/Tick.Listener", Duration.ZERO))
        .isEmpty();
  }

  @Test
  void keepsTheLockWhileTheOtherStandsBy() {
    first.compete();
    second.compete();
    pass(Duration.ofMinutes(10));
    assertThat(first.told).containsExactly("elected");
    assertThat(second.told).isEmpty();
    assertThat(second.candidacy.health().state()).isEqualTo(Health.State.STANDBY);
    assertThat(second.candidacy.health().reason())
        .isEqualTo("The host first holds the lock Tick.Listener");
    assertThat(second.candidacy.tenure()).isEmpty();
  }

  @Test
  void givesTheLockBackAtOnceWhenClosed() {
    first.compete();
    first.candidacy.close();
    assertThat(first.told).containsExactly("elected", "deposed");
    assertThat(first.tenure.holds()).isFalse();
    second.compete();
    assertThat(second.told).containsExactly("elected");
    pass(Duration.ofMinutes(5));
    assertThat(first.told).containsExactly("elected", "deposed");
  }

  @Test
  void takesOverFromADeadHolderWithinItsLeaseAndTwoSeconds() {
    for (int millis = 0; millis < 15_000; millis += 700) {
      LeaseKeeperTest run = new LeaseKeeperTest();
      run.first.compete();
      run.second.compete();
      run.pass(Duration.ofSeconds(60).plusMillis(millis));
      run.first.stop();
      assertThat(run.untilElected(run.second))
          .as("killed at %s ms of the period", millis)
          .isLessThanOrEqualTo(Duration.ofSeconds(17));
    }
  }

  @Test
  void aPausedHolderDoesNotHoldWhenItWakes() {
    first.compete();
    second.compete();
    pass(Duration.ofSeconds(20));
    first.stop();
    pass(Duration.ofSeconds(40));
    assertThat(second.told).containsExactly("elected");
    assertThat(first.tenure.holds()).isFalse();
    first.resume();
    assertThat(first.told).containsExactly("elected", "deposed");
    pass(Duration.ofMinutes(2));
    assertThat(second.told).containsExactly("elected");
    second.candidacy.close();
    assertThat(untilElected(first)).isLessThanOrEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void stopsBeforeItsLeaseCanRunOutWhenTheStoreIsUnreachable() {
    first.compete();
    second.compete();
    pass(Duration.ofSeconds(30));
    first.leases.down = true;
    pass(Duration.ofMinutes(2));
    assertThat(first.told).containsExactly("elected", "deposed");
    assertThat(second.told).containsExactly("elected");
    assertThat(first.candidacy.health().state()).isEqualTo(Health.State.DEGRADED);
    first.leases.down = false;
    pass(Duration.ofMinutes(1));
    assertThat(first.candidacy.health().state()).isEqualTo(Health.State.STANDBY);
  }

  @Test
  void aShortFaultCostsNothing() {
    first.compete();
    pass(Duration.ofSeconds(7));
    first.leases.down = true;
    pass(Duration.ofSeconds(5));
    first.leases.down = false;
    pass(Duration.ofMinutes(5));
    assertThat(first.told).containsExactly("elected");
  }

  @Test
  void stopsInTimeWhileARenewalHangs() {
    first.compete();
    second.compete();
    List<String> toldDuringTheCall = new ArrayList<>();
    first.leases.during =
        () -> {
          first.leases.during = () -> {};
          first.leases.down = true;
          pass(Duration.ofSeconds(128));
          first.leases.down = false;
          toldDuringTheCall.addAll(first.told);
        };
    pass(Duration.ofSeconds(8));
    assertThat(toldDuringTheCall).containsExactly("elected", "deposed");
    assertThat(second.told).containsExactly("elected");
    pass(Duration.ofMinutes(1));
    assertThat(second.told).containsExactly("elected");
  }

  @Test
  void aRenewalAnsweredTooLateIsGivenBack() {
    first.compete();
    first.leases.during =
        () -> {
          first.leases.during = () -> {};
          clock.advance(Duration.ofSeconds(10));
        };
    clock.advance(Duration.ofSeconds(18));
    assertThat(first.told).startsWith("elected", "deposed");
    second.compete();
    assertThat(first.holds() && second.holds()).isFalse();
    assertThat(first.holds() || second.holds()).isTrue();
  }

  @Test
  void aLeaseThatTookLongToGetIsRenewedAtOnce() {
    first.leases.asking = () -> clock.advance(Duration.ofSeconds(7));
    first.compete();
    pass(Duration.ofMinutes(2));
    assertThat(first.told).containsExactly("elected");
  }

  @Test
  void aLeaseThatTookTooLongToGetIsRenewedBeforeAnybodyReliesOnIt() {
    first.leases.asking = () -> clock.advance(Duration.ofSeconds(14));
    first.compete();
    assertThat(first.told).containsExactly("elected");
    assertThat(first.leases.renewed).isEqualTo(1);
  }

  @Test
  void aLeaseWhoseRenewalTookTooLongTooIsNotTaken() {
    first.leases.asking = () -> clock.advance(Duration.ofSeconds(14));
    first.leases.during = () -> clock.advance(Duration.ofSeconds(14));
    first.compete();
    assertThat(first.told).isEmpty();
    first.leases.asking = () -> {};
    first.leases.during = () -> {};
    pass(Duration.ofSeconds(2));
    assertThat(first.told).containsExactly("elected");
  }

  @Test
  void anAnswerThatIsLostIsTriedAgainBeforeTheDeadline() {
    first.compete();
    first.leases.deaf = true;
    pass(Duration.ofSeconds(13));
    assertThat(first.leases.renewed).isGreaterThanOrEqualTo(5);
    assertThat(first.holds()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(first.told).containsExactly("elected", "deposed");
  }

  @Test
  void aStolenLeaseDeposesAndIsCompetedForAgain() throws Exception {
    first.compete();
    String path = "azure-webjobs-hosts/locks/testhost/Tick.Listener";
    clock.advance(Duration.ofSeconds(1));
    String id = new LockRegister(first.host).read().get("Tick.Listener").lease();
    assertThat(shared.release(path, id)).isTrue();
    var thief = shared.acquire(path, Duration.ofSeconds(15)).orElseThrow();
    pass(Duration.ofSeconds(7));
    assertThat(first.told).containsExactly("elected", "deposed");
    thief.release();
    pass(Duration.ofSeconds(15));
    assertThat(first.told).containsExactly("elected", "deposed", "elected");
  }

  @Test
  void aHolderThatCannotBeginLetsOthersHaveTheLock() {
    first.refuses = true;
    first.compete();
    assertThat(first.told).isEmpty();
    assertThat(first.candidacy.health().state()).isEqualTo(Health.State.DEGRADED);
    second.compete();
    assertThat(second.told).containsExactly("elected");
    second.candidacy.close();
    first.refuses = false;
    pass(Duration.ofSeconds(16));
    assertThat(first.told).containsExactly("elected");
  }

  @Test
  void aHostThatStopsWithoutItsStoreWaitsForOneCallOnly() {
    List<Singletons.Candidacy> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      open.add(first.keeper.compete("Lock" + i, first));
    }
    clock.advance(Duration.ofSeconds(1));
    first.leases.down = true;
    open.forEach(Singletons.Candidacy::close);
    assertThat(first.leases.released).isEqualTo(1);
    assertThat(first.told).endsWith("deposed");
  }

  @Test
  void asksAgainAtTheIntervalThatHostJsonSets() {
    second.keep(
        new LeaseOptions(
            Duration.ofSeconds(15),
            Optional.of(Duration.ofSeconds(60)),
            LeaseOptions.DEFAULT.calls()));
    first.compete();
    second.compete();
    int asked = second.leases.acquired;
    pass(Duration.ofMinutes(10));
    assertThat(second.leases.acquired - asked).isEqualTo(10);
    first.stop();
    assertThat(untilElected(second)).isLessThanOrEqualTo(Duration.ofSeconds(75));
  }

  @Test
  void waitsForAHolderThatKeepsNoRegisterWithoutHurry() {
    var official =
        shared
            .acquire("azure-webjobs-hosts/locks/testhost/Tick.Listener", Duration.ofHours(2))
            .orElseThrow();
    first.compete();
    pass(Duration.ofHours(1));
    assertThat(first.leases.acquired).isBetween(230, 280);
    assertThat(official.path()).isNotEmpty();
  }

  @Test
  void renewsAllLocksInOneRoundAndTellsSoInOneWrite() {
    List<Singletons.Candidacy> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(first.keeper.compete("Lock" + i, first));
    }
    clock.advance(Duration.ofSeconds(1));
    FaultyStore counted = new FaultyStore(documents);
    first.host.stateStore = counted;
    clock.advance(Duration.ofHours(1));
    assertThat(open).allMatch(candidacy -> candidacy.tenure().isPresent());
    assertThat(first.leases.renewed).isEqualTo(100 * 480);
    // One read and one write a round, however many locks there are.
    assertThat(counted.calls()).isBetween(958, 962);
  }

  private Line.Caller call(Line line) {
    Line.Caller caller = new Line.Caller(_ -> {});
    line.join(caller);
    clock.advance(Duration.ZERO);
    return caller;
  }

  @Test
  void leasesOfDifferentPeriodsAreRenewedInTheSameRoundsEachBeforeItsHalf() throws Exception {
    first.keep(
        new LeaseOptions(Duration.ofSeconds(60), Optional.empty(), LeaseOptions.DEFAULT.calls()));
    first.compete();
    // The next round would be later than the lease of the call lasts.
    clock.advance(Duration.ofSeconds(2));
    Line line = new Line(first.keeper, "Call", Duration.ofSeconds(1));
    Turn turn = call(line).answer().get().turn().orElseThrow();
    clock.advance(Duration.ofMinutes(10));
    assertThat(first.told).containsExactly("elected");
    assertThat(shared.acquire("azure-webjobs-hosts/locks/testhost/Call", Duration.ZERO)).isEmpty();
    // The call each 7.5 s, the listener at its half or one round before.
    assertThat(first.leases.renewed).isBetween(80 + 20, 80 + 28);
    turn.close();
    first.leases.renewed = 0;
    clock.advance(Duration.ofMinutes(10));
    assertThat(first.leases.renewed).isBetween(20, 21);
    assertThat(first.holds()).isTrue();
  }

  @Test
  void aWaitingCallAsksAtTheIntervalThatHostJsonSets() throws Exception {
    first.compete();
    Line line =
        new Line(second(Duration.ofSeconds(3)).keeper, "Tick.Listener", Duration.ofMillis(1));
    call(line);
    int asked = second.leases.acquired;
    clock.advance(Duration.ofSeconds(31));
    assertThat(second.leases.acquired - asked).isEqualTo(10);
  }

  private Node second(Duration polling) {
    return second.keep(
        new LeaseOptions(
            Duration.ofSeconds(15),
            Optional.empty(),
            new LeaseOptions.Calls(
                Duration.ofSeconds(15), Optional.empty(), Optional.of(polling))));
  }

  @Test
  void aWaiterReadsOneDocumentForAllLocksAndAsksForNoneWhileTheyAreRenewed() {
    for (int i = 0; i < 100; i++) {
      first.keeper.compete("Lock" + i, first);
    }
    clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      second.keeper.compete("Lock" + i, second);
    }
    clock.advance(Duration.ofMinutes(1));
    FaultyStore counted = new FaultyStore(documents);
    second.host.stateStore = counted;
    int asked = second.leases.acquired;
    clock.advance(Duration.ofHours(1));
    assertThat(second.leases.acquired).isEqualTo(asked);
    assertThat(counted.calls()).isLessThanOrEqualTo(500);
    assertThat(second.told).isEmpty();
  }
}
