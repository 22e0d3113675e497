package dev.roost.host.invoke;

import dev.roost.spi.BindingException;
import dev.roost.spi.InputProvider;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.ParameterProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The opened bindings of one function, by binding name.
 *
 * @param inputs every binding of direction {@code in} but the trigger
 * @param outputs every binding of direction {@code out} but replies
 * @param replyType the output type that answers the event itself, as its trigger's provider says
 * @param answers true when a returned value without a binding answers the event
 * @param own makes parameters of types that only the app knows
 */
public record OpenBindings(
    Map<String, InputProvider.Input> inputs,
    Map<String, OutputProvider.Output> outputs,
    Optional<String> replyType,
    boolean answers,
    Own own) {
  public OpenBindings {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  /** With no parameters of the app's own types. */
  public OpenBindings(
      Map<String, InputProvider.Input> inputs,
      Map<String, OutputProvider.Output> outputs,
      Optional<String> replyType) {
    this(inputs, outputs, replyType, false, (_, _) -> Optional.empty());
  }

  /** Makes parameters of types that only the app knows. */
  @FunctionalInterface
  public interface Own {
    /**
     * The maker for a parameter of this class; empty when its value is converted as usual.
     *
     * @throws BindingException when the app lacks what is needed to make one
     */
    Optional<ParameterProvider.Parameter> parameter(String binding, Class<?> type)
        throws BindingException;
  }
}
