package dev.roost.host.invoke;

import dev.roost.spi.InputProvider;
import dev.roost.spi.OutputProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The opened bindings of one function, by binding name.
 *
 * @param inputs every binding of direction {@code in} but the trigger
 * @param outputs every binding of direction {@code out} but replies
 * @param replyType the output type that answers the event itself, as its trigger's provider says
 */
public record OpenBindings(
    Map<String, InputProvider.Input> inputs,
    Map<String, OutputProvider.Output> outputs,
    Optional<String> replyType) {
  public OpenBindings {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }
}
