package dev.roost.host.blackbox;

import dev.roost.host.blackbox.TimerApp.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the runs of one-second timers, as they wrote them down themselves, say of the promises. */
final class TimerVerdict {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private TimerVerdict() {}

  /**
   * Runs counted for each scheduled instant.
   *
   * @param expected the seconds from the first to the last that ran
   * @param twice those that began more than once
   * @param never those that did not begin
   */
  record Counts(long expected, List<Instant> twice, List<Instant> never) {
    static Counts of(List<Line> begun) {
      TreeMap<Instant, Long> runs =
          begun.stream()
              .collect(Collectors.groupingBy(Line::scheduled, TreeMap::new, Collectors.counting()));
      List<Instant> never = new ArrayList<>();
      long expected = 0;
      for (Instant due = runs.firstKey(); !due.isAfter(runs.lastKey()); due = due.plus(SECOND)) {
        expected++;
        if (!runs.containsKey(due)) {
          never.add(due);
        }
      }
      List<Instant> twice =
          runs.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
      return new Counts(expected, twice, never);
    }

    @Override
    public String toString() {
      return "%d instants, %d begun twice, %d not begun"
          .formatted(expected, twice.size(), never.size());
    }
  }

  /**
   * The gaps of a timer that makes up for each by one run.
   *
   * @param count how many gaps there were
   * @param instants how many instants they hold, the ones that were made up for included
   * @param wrong what is not as it should be
   */
  record Gaps(int count, long instants, List<String> wrong) {

    /**
     * Behind a gap stands one past-due run that names its first instant. A run covers the instants
     * up to the one at which its host says that it begins, and the next run serves the first
     * instant after that: none runs by itself and is covered too, none is neither.
     *
     * @param again the instants of which a host said that it runs them again, because the host
     *     before it noted no end: of such an instant only the last run counts
     */
    static Gaps of(List<Line> lines, Set<Instant> again) {
      List<Line> runs = standing(lines, again);
      List<String> wrong = new ArrayList<>();
      int gaps = 0;
      long instants = 0;
      for (int i = 1; i < runs.size(); i++) {
        Line before = runs.get(i - 1);
        Line run = runs.get(i);
        Instant wanted = covered(before).truncatedTo(ChronoUnit.SECONDS).plus(SECOND);
        if (!run.scheduled().equals(wanted)) {
          wrong.add("after " + before + " comes " + run + " instead of " + wanted);
        }
        if (run.pastDue()) {
          gaps++;
          instants += Duration.between(run.scheduled(), covered(run)).toSeconds() + 1;
        }
      }
      return new Gaps(gaps, instants, wrong);
    }

    private static Instant covered(Line run) {
      return run.begun().isAfter(run.scheduled()) ? run.begun() : run.scheduled();
    }

    /** The runs that ended and were not repeated, in the order in which hosts began them. */
    private static List<Line> standing(List<Line> lines, Set<Instant> again) {
      Set<String> ended =
          lines.stream()
              .filter(line -> line.what().equals("end"))
              .map(Line::invocation)
              .collect(Collectors.toCollection(HashSet::new));
      List<Line> runs =
          lines.stream()
              .filter(line -> line.what().equals("begin") && ended.contains(line.invocation()))
              .sorted(Comparator.comparing(Line::begun))
              .toList();
      return runs.stream()
          .filter(run ->
              !again.contains(run.scheduled())
                  || runs.stream()
                      .noneMatch(other ->
                          other.scheduled().equals(run.scheduled())
                              && other.begun().isAfter(run.begun())))
          .toList();
    }
  }

  /** The longest time for which two runs of a timer were at work on two hosts. */
  static Duration overlap(List<Line> beats) {
    Map<String, List<Line>> runs =
        beats.stream()
            .collect(
                Collectors.groupingBy(Line::invocation, LinkedHashMap::new, Collectors.toList()));
    Duration longest = Duration.ZERO;
    Instant until = Instant.MIN;
    for (List<Line> run : runs.values()) {
      Instant begun = run.getFirst().at();
      if (begun.isBefore(until) && Duration.between(begun, until).compareTo(longest) > 0) {
        longest = Duration.between(begun, until);
      }
      Instant end = run.getLast().at();
      until = end.isAfter(until) ? end : until;
    }
    return longest;
  }
}
