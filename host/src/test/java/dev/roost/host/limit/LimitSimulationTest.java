package dev.roost.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitSimulationTest {
  private static final long SEED = 7;

  private static final Map<Workload, Verdict.Best> BEST =
      Arrays.stream(Workload.values())
          .collect(Collectors.toMap(each -> each, each -> Verdict.best(each, SEED)));

  @ParameterizedTest
  @CsvSource({
    "IO_BOUND, 0.97, 5, 0.1",
    "CPU_BOUND, 0.95, 5, 0.25",
    "MIXED, 0.95, 5, 0.25",
    "KNEE, 0.95, 5, 0.25",
    "COLLAPSE, 0.95, 10, 0.25",
    "THROTTLE, 0.95, 10, 0.25",
    "BURSTS, 0.95, 5, 0.5",
    "DRIFT, 0.95, 10, 0.5",
    "TWO_SHARE_CPU, 0.95, 5, 0.4",
    "BIMODAL, 0.95, 10, 0.5",
    "JUMP, 0.95, 5, 0.5",
    "SLOW, 0.94, 11, 0.2",
    "SLOW_KNEE, 0.94, 6, 0.3",
    "SLOW_COLLAPSE, 0.80, 30, 0.3",
    "STEADY, 0.98, 3, 0.3",
    "RETURN, 0.90, 3, 0.2",
    "WARMING, 0.90, 10, 0.5",
    "PAGES, 0.95, 10, 0.3"
  })
  void comesCloseToTheBestFixedLimitSoonAndStaysThere(
      Workload workload, double ratio, double seconds, double oscillation) {
    Verdict.Best best = BEST.get(workload);
    Verdict ours = Verdict.of(Contender.OURS, workload, best, SEED);
    assertThat(ours.ratio()).as(ours.toString()).isGreaterThanOrEqualTo(ratio);
    assertThat(ours.toNinety()).as(ours.toString()).isLessThanOrEqualTo(seconds);
    assertThat(ours.oscillation()).as(ours.toString()).isLessThanOrEqualTo(oscillation);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void holdsForOtherRandomNumbersToo(long seed) {
    for (Workload workload : Workload.values()) {
      Verdict ours = Verdict.of(Contender.OURS, workload, BEST.get(workload), seed);
      double least = workload == Workload.SLOW_COLLAPSE ? 0.80 : 0.85;
      assertThat(ours.ratio()).as(workload + " " + ours).isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void isSoonerWhereEventsTakeLongAndSteadierNearTheRateOfArrivalWhenItKnowsTheVolume() {
    assertThat(verdict(Contender.OURS, Workload.SLOW).toNinety())
        .isLessThan(0.6 * verdict(Contender.OURS_BLIND, Workload.SLOW).toNinety());
    assertThat(verdict(Contender.OURS, Workload.STEADY).oscillation())
        .isLessThan(0.5 * verdict(Contender.OURS_BLIND, Workload.STEADY).oscillation());
  }

  private static Verdict verdict(Contender contender, Workload workload) {
    return Verdict.of(contender, workload, BEST.get(workload), SEED);
  }

  @Test
  void standsAtItsLastLevelAtOnceWhenEventsComeAgain() {
    Simulation sim = Workload.RETURN.simulation(SEED);
    sim.run(Workload.SECONDS, Contender.OURS.on(sim, 1));
    List<Integer> limits = sim.limits.getFirst();
    for (int back = 300; back < 1_200; back += 300) {
      assertThat(limits.get(back + 1)).isGreaterThanOrEqualTo(limits.get(back - 160));
    }
  }

  @Test
  void fallsBelowWhatTheAppWroteWhenFewerDoMore() {
    Simulation sim = written(Workload.COLLAPSE);
    List<Long> good = sim.good.getFirst();
    int half = good.size() / 2;
    double perSecond = (good.getLast() - good.get(half)) / (Workload.SECONDS / 2);
    assertThat(perSecond).isGreaterThanOrEqualTo(0.9 * BEST.get(Workload.COLLAPSE).rate());
    assertThat(sim.flows().getFirst().limit.current()).isBetween(15, 30);
  }

  @ParameterizedTest
  @EnumSource(names = {"KNEE", "WARMING"})
  void staysNearWhatTheAppWroteWhileFewerOnlyDoLess(Workload workload) {
    assertThat(written(workload).limits.getFirst())
        .satisfies(limits ->
            assertThat(limits.stream().mapToInt(Integer::intValue).average().orElse(0))
                .isGreaterThan(30));
  }

  /** A run under a limit of 64 that the app wrote itself. */
  private static Simulation written(Workload workload) {
    Simulation sim = workload.simulation(SEED);
    sim.flows().forEach(flow -> flow.limit = new Climb(64, 1, 64, 64, ""));
    sim.run(
        Workload.SECONDS,
        now ->
            now.flows()
                .forEach(flow ->
                    flow.limit.observe(flow.observe(Simulation.TICK, Observation.Ceiling.NONE))));
    return sim;
  }

  /** The table of docs/notes/limits.md, in target/limits.md. */
  @Test
  void tellsHowTheOthersDo() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| workload | who | of the best fixed limit | s to 90 % | highest limit / best |"
                + " oscillation |\n|---|---|---|---|---|---|\n");
    double ours = 0;
    double rivals = 0;
    for (Workload workload : Workload.values()) {
      Verdict.Best best = BEST.get(workload);
      table.append(
          "| %s | best fixed: %d | | | | |%n".formatted(workload.description, best.limit()));
      for (Contender contender : Contender.values()) {
        Verdict verdict = Verdict.of(contender, workload, best, SEED);
        table.append(verdict.row(contender.name().toLowerCase(Locale.ROOT))).append("\n");
        ours += contender == Contender.OURS ? Math.min(1, verdict.ratio()) : 0;
        rivals += contender == Contender.OFFICIAL ? Math.min(1, verdict.ratio()) : 0;
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "limits.md"), table);
    assertThat(ours).isGreaterThan(rivals);
  }
}
