package dev.roost.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.limit.Observation.Ceiling;
import dev.roost.host.limit.Shares.Claim;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final Strain OVERLOAD = new Strain(10, 1, 1, 0, 0);
  private final Shares shares = new Shares(4);

  private List<Ceiling> after(double seconds, Strain strain, Claim... claims) {
    List<Ceiling> ceilings = List.of();
    for (double at = 0; at < seconds; at += 0.1) {
      ceilings = shares.divide(strain, List.of(claims), 0.1);
    }
    return ceilings;
  }

  @Test
  void boundsNobodyWithoutOverload() {
    assertThat(after(1, Strain.NONE, new Claim(100, true, 1), new Claim(100, true, 1)))
        .containsOnly(unbounded());
  }

  private static Ceiling unbounded() {
    return new Ceiling(Integer.MAX_VALUE, false, "its share: recovering from an overload");
  }

  @Test
  void dividesByWeightAndNeverBelowOne() {
    List<Ceiling> ceilings = after(60, OVERLOAD, new Claim(100, true, 1), new Claim(100, true, 3));
    assertThat(ceilings).extracting(Ceiling::most).containsExactly(1, 3);
  }

  @Test
  void leavesToOthersWhatAFunctionDoesNotUse() {
    List<Ceiling> ceilings = after(0.1, OVERLOAD, new Claim(100, true, 1), new Claim(2, false, 1));
    assertThat(ceilings.getFirst().most()).isBetween(90, 100);
    assertThat(ceilings.getLast().most()).isBetween(45, 52);
  }

  @Test
  void boundsAFunctionAloneOnlyByMemoryAndTheAppsOwnCpuThreshold() {
    assertThat(after(10, OVERLOAD, new Claim(100, true, 1)).getFirst().most())
        .isEqualTo(Integer.MAX_VALUE);
    Strain heap = new Strain(0, 0, 1, 0, 0.9);
    assertThat(after(20, heap, new Claim(100, true, 1)).getFirst().most()).isEqualTo(4);
  }

  /** Two CPU-bound functions: one is flooded, the other gets an event now and then. */
  @Test
  void aFloodedFunctionDelaysAnImportantOneByNoMoreThanItsShare() {
    double alone = meanLatency(0, 4);
    double beside = meanLatency(1e5, 4);
    // Of five parts four are its own: at the worst it is as slow as on four fifths of the cores,
    // and waits for the few of the other that are in flight.
    assertThat(beside).isLessThan(alone * 2.5);
  }

  @Test
  void twoFloodedFunctionsShareTheProcessorsByTheirWeights() {
    Station cpu = Station.cpu(2);
    List<Flow.Stage> stages = List.of(new Flow.Stage(cpu, random -> 0.005));
    Flow low = new Flow("low", time -> 1e5, stages, n -> 0, 1);
    Flow high = new Flow("high", time -> 1e5, stages, n -> 0, 4);
    Simulation simulation = new Simulation(List.of(cpu), List.of(low, high), 3);
    simulation.run(60, Contender.OURS.on(simulation, 1));
    List<Long> lows = simulation.good.getFirst();
    List<Long> highs = simulation.good.getLast();
    int half = lows.size() / 2;
    double ratio = (double) (highs.getLast() - highs.get(half)) / (lows.getLast() - lows.get(half));
    assertThat(ratio).isBetween(2.0, 5.0);
  }

  private static double meanLatency(double flood, double weight) {
    Station cpu = Station.cpu(2);
    List<Double> took = new ArrayList<>();
    List<Flow.Stage> stages = List.of(new Flow.Stage(cpu, random -> 0.005));
    Flow low = new Flow("low", time -> flood, stages, n -> 0, 1);
    Flow high = new Flow("high", time -> 100, stages, n -> 0, weight);
    Simulation simulation = new Simulation(List.of(cpu), List.of(low, high), 3);
    Simulation.Health health = Contender.OURS.on(simulation, 1);
    high.sample = (seconds, failed) -> took.add(seconds);
    simulation.run(60, health);
    return took.subList(took.size() / 2, took.size()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
