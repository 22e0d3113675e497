package dev.roost.host.discovery;

import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must hold for every function, whatever its bindings are. Source: Azure Functions host,
 * FunctionDescriptorProvider and Utility.
 */
final class DefinitionRules {
  private static final Pattern FUNCTION_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,127}");
  private static final Pattern BINDING_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,127}");

  private DefinitionRules() {}

  static void check(FunctionDefinition function, FunctionProblems problems) {
    checkName(function.name(), problems);
    checkTrigger(function.bindings(), problems);
    checkBindingNames(function.bindings(), problems);
    checkHttpOutput(function.bindings(), problems);
  }

  private static void checkName(String name, FunctionProblems problems) {
    if (!FUNCTION_NAME.matcher(name).matches()) {
      problems.add(
          "name",
          "'" + name + "' is no function name",
          "Use a letter, then at most 127 letters, digits, '_' or '-'.");
    } else if (name.equalsIgnoreCase("host")) {
      problems.add("name", "'" + name + "' is kept for the host", "Choose another name.");
    }
  }

  private static void checkTrigger(List<BindingDefinition> bindings, FunctionProblems problems) {
    if (bindings.isEmpty()) {
      problems.add("bindings", "there are none", "Add a trigger.");
      return;
    }
    List<BindingDefinition> triggers =
        bindings.stream().filter(BindingDefinition::isTrigger).toList();
    if (triggers.isEmpty()) {
      problems.add(
          "bindings",
          "none of " + types(bindings) + " is a trigger",
          "Add one, for example @HttpTrigger or @QueueTrigger.");
    } else if (triggers.size() > 1) {
      problems.add(
          "bindings",
          "there are " + triggers.size() + " triggers: " + types(triggers),
          "Keep one; write a function for each of the others.");
    } else if (triggers.getFirst().direction() != Direction.IN) {
      problems.add(
          triggers.getFirst().name(),
          "the trigger has direction '" + triggers.getFirst().direction().json() + "'",
          "Write \"direction\": \"in\".");
    }
  }

  private static void checkBindingNames(
      List<BindingDefinition> bindings, FunctionProblems problems) {
    Set<String> seen = new HashSet<>();
    for (BindingDefinition binding : bindings) {
      String name = binding.name();
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problems.add(
            "bindings", "two bindings are named '" + name + "'", "Give each a name of its own.");
      }
      if (binding.isReturn()) {
        if (binding.direction() != Direction.OUT) {
          problems.add(
              name,
              "has direction '" + binding.direction().json() + "'",
              "Write \"direction\": \"out\": a return value can only go out.");
        }
      } else if (!BINDING_NAME.matcher(name).matches()) {
        problems.add(
            "bindings",
            "'" + name + "' is no name for the " + binding.type() + " binding",
            "Use a letter, then at most 127 letters or digits, or $return.");
      }
    }
  }

  private static void checkHttpOutput(List<BindingDefinition> bindings, FunctionProblems problems) {
    boolean trigger = bindings.stream().anyMatch(b -> b.type().equalsIgnoreCase("httpTrigger"));
    bindings.stream()
        .filter(binding -> binding.type().equalsIgnoreCase("http") && !trigger)
        .forEach(binding ->
            problems.add(
                binding.name(),
                "is an HTTP response, but the function is not started by HTTP",
                "Remove it, or use an httpTrigger."));
  }

  private static String types(List<BindingDefinition> bindings) {
    return String.join(", ", bindings.stream().map(BindingDefinition::type).toList());
  }
}
