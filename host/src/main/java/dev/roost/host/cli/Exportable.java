package dev.roost.host.cli;

import dev.roost.host.FunctionStatus;
import dev.roost.host.FunctionStatus.Condition;
import dev.roost.host.Host;
import dev.roost.host.export.Kubernetes;
import dev.roost.spi.FunctionDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The functions of an app that its manifests speak of. */
final class Exportable {
  private Exportable() {}

  /**
   * Those that will run where the manifests are applied. One that fails here only because a setting
   * is not here is among them; a disabled one is not, nor one whose trigger no host knows.
   *
   * @param warnings is told of each that is left out
   */
  static List<FunctionDefinition> of(Host host, Consumer<String> warnings) {
    Map<String, FunctionStatus> states = new HashMap<>();
    host.functions().forEach(state -> states.put(state.name().toLowerCase(Locale.ROOT), state));
    return host.definitions().stream()
        .filter(definition -> {
          FunctionStatus state = states.get(definition.name().toLowerCase(Locale.ROOT));
          return state != null && runs(definition, state.condition(), warnings);
        })
        .toList();
  }

  private static boolean runs(
      FunctionDefinition definition, Condition condition, Consumer<String> warnings) {
    String why =
        switch (condition) {
          case LISTENING -> "";
          case DISABLED -> " is disabled and left out.";
          case FAILED ->
              Kubernetes.scales(definition)
                  ? ""
                  : " is left out: no host can run it, as told above.";
        };
    if (!why.isEmpty()) {
      warnings.accept("warning: " + definition.name() + why);
    }
    return why.isEmpty();
  }
}
