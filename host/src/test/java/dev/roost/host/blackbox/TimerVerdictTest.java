package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.host.blackbox.TimerApp.Line;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of the storm is strict to the instant. */
class TimerVerdictTest {

  /** What a run writes: scheduled, begun as its host says, begun as itself says; in seconds. */
  private static Stream<Line> run(double scheduled, double begun, double at, long pid) {
    boolean pastDue = begun - scheduled > 1;
    String invocation = scheduled + " on " + pid;
    return Stream.of("begin", "end")
        .map(what ->
            new Line(
                "Defaults",
                what,
                second(scheduled),
                second(begun),
                pastDue,
                pid,
                invocation,
                second(at)));
  }

  private static Instant second(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  private static List<String> wrong(Stream<Line> runs, Integer... again) {
    Set<Instant> told = Stream.of(again).map(Instant::ofEpochSecond).collect(Collectors.toSet());
    return TimerVerdict.Gaps.of(runs.toList(), told).wrong();
  }

  @ParameterizedTest
  @CsvSource({
    // The host decided what it covers before second 36, and the function began after it.
    "28, 35.999, 36.068, 36, true",
    "28, 35.999, 36.068, 37, false",
    "28, 36.000, 36.068, 37, true",
    "28, 36.000, 36.068, 36, false",
    "28, 36.001, 36.068, 38, false",
    "27, 36.001, 36.068, 37, false"
  })
  void eachInstantIsCoveredOrRunsByItself(
      double first, double begun, double at, double next, boolean right) {
    Stream<Line> runs =
        Stream.of(run(27, 27.01, 27.01, 1), run(first, begun, at, 2), run(next, 37.9, 38, 2))
            .flatMap(line -> line);
    assertThat(wrong(runs).isEmpty()).isEqualTo(right);
  }

  @Test
  void aRunIsRepeatedOnlyWhenItsHostSaysSo() {
    List<Line> runs =
        Stream.of(run(27, 27.01, 27.01, 1), run(27, 35.5, 35.6, 2), run(36, 36.01, 36.01, 2))
            .flatMap(line -> line)
            .toList();
    assertThat(wrong(runs.stream(), 27)).isEmpty();
    assertThat(wrong(runs.stream())).hasSize(1);
  }

  @Test
  void aRunThatIsToldToBeRepeatedAndIsNotLeavesNoGap() {
    List<Line> runs =
        Stream.of(run(27, 27.01, 27.01, 1), run(28, 35.5, 35.6, 2)).flatMap(line -> line).toList();
    assertThat(wrong(runs.stream(), 27)).isEmpty();
  }
}
