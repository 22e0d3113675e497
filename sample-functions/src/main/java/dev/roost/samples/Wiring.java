package dev.roost.samples;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/**
 * Makes the instances of every function class of the app, once for each invocation. Found through
 * {@code META-INF/services}; an app has at most one. A framework's injector (Guice, Dagger, Spring)
 * would be asked here; by hand it is this.
 */
public class Wiring implements FunctionInstanceInjector {
  private final Quotations quotations = new Quotations();

  @Override
  public <T> T getInstance(Class<T> functionClass) throws Exception {
    if (functionClass.equals(Quote.class)) {
      return functionClass.cast(new Quote(quotations));
    }
    return functionClass.getDeclaredConstructor().newInstance();
  }
}
