package dev.roost.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Makes parameters of types that the app brings itself, such as the clients of an SDK, so that host
 * and app share no class of it. A {@link TriggerProvider} or {@link InputProvider} that has such
 * parameters implements this too.
 */
public interface ParameterProvider {

  /**
   * The maker of values of a class, without I/O.
   *
   * @param context of the trigger or input that the parameter is bound to
   * @param type the class of the parameter, as the app's class loader knows it
   * @return empty when this binding has nothing special for the class
   * @throws BindingException when it has, but the app lacks what is needed to make one
   */
  Optional<Parameter> parameter(BindingContext context, Class<?> type) throws BindingException;

  /** Makes the value of one parameter; used by many invocations at once. */
  @FunctionalInterface
  interface Parameter {
    /**
     * The value for one event: an instance of the class that was asked for.
     *
     * @throws IOException when there can be none: the invocation fails
     */
    Object value(BindingData data) throws IOException;
  }
}
