package dev.roost.host.discovery;

import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sorts the functions of one app into those that can run and those that can't: a function with a
 * problem of its own, or a name that another one has too, is rejected.
 */
final class DiscoveryCollector {

  /** A function as read, before anybody knows whether its name is its own. */
  private record Candidate(String place, FunctionDefinition definition) {}

  private final List<RejectedFunction> rejected = new ArrayList<>();
  private final Map<String, List<Candidate>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param place where the function was found, for the message about a second one
   */
  void add(String place, FunctionDefinition definition, FunctionProblems problems) {
    DefinitionRules.check(definition, problems);
    if (problems.all().isEmpty()) {
      byName
          .computeIfAbsent(definition.name(), _ -> new ArrayList<>())
          .add(new Candidate(place, definition));
    } else {
      reject(definition.name(), problems);
    }
  }

  void reject(String name, FunctionProblems problems) {
    rejected.add(new RejectedFunction(name, problems.all()));
  }

  Discovery result() {
    List<FunctionDefinition> functions = new ArrayList<>();
    byName.forEach((name, candidates) -> {
      if (candidates.size() == 1) {
        functions.add(candidates.getFirst().definition());
      } else {
        rejected.add(new RejectedFunction(name, List.of(duplicate(name, candidates))));
      }
    });
    return new Discovery(functions, rejected);
  }

  private static Problem duplicate(String name, List<Candidate> candidates) {
    List<String> places = candidates.stream().map(Candidate::place).sorted().toList();
    return new Problem(
        "function '" + name + "'",
        "name",
        "is used " + places.size() + " times (case does not count): " + String.join(", ", places),
        "Give each function a name of its own.");
  }
}
