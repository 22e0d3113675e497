package dev.roost.spi;

import java.util.List;
import java.util.Optional;

/**
 * What one function.json says, whether it was read from that file or from annotations.
 *
 * @param name the function's name, unique without regard to case over everything a host runs
 * @param scriptFile the jar that holds the entry point, as function.json writes it
 * @param entryPoint {@code package.Class.method}
 * @param bindings in the order of function.json: parameters first, then the method's own
 * @param retry the function's own policy, if any
 */
public record FunctionDefinition(
    String name,
    String scriptFile,
    String entryPoint,
    List<BindingDefinition> bindings,
    Optional<RetryPolicy> retry) {

  public FunctionDefinition {
    bindings = List.copyOf(bindings);
  }

  /**
   * The binding that starts this function.
   *
   * @throws IllegalStateException if the definition was never validated and has none
   */
  public BindingDefinition trigger() {
    return bindings.stream()
        .filter(BindingDefinition::isTrigger)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Function '" + name + "' has no trigger"));
  }

  /** The id under which shared state in storage knows this function (host-wide rule of Azure). */
  public String fullName() {
    return "Host.Functions." + name;
  }

  /** The name in the {@code Executing} and {@code Executed} log lines. */
  public String shortName() {
    return "Functions." + name;
  }
}
