package dev.roost.host.discovery;

import dev.roost.spi.FunctionDefinition;
import java.util.List;

/**
 * What was found in one app, each list in the order of names without regard to case (which is the
 * order in which the official host knows functions).
 *
 * @param functions the functions that can be bound
 * @param rejected the functions that can't, with the reasons
 */
public record Discovery(List<FunctionDefinition> functions, List<RejectedFunction> rejected) {

  public Discovery {
    functions =
        functions.stream().sorted((a, b) -> a.name().compareToIgnoreCase(b.name())).toList();
    rejected = rejected.stream().sorted((a, b) -> a.name().compareToIgnoreCase(b.name())).toList();
  }
}
