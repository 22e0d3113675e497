package probe;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** One injector too many. */
public class OtherInjector implements FunctionInstanceInjector {
  @Override
  public <T> T getInstance(Class<T> type) {
    throw new UnsupportedOperationException();
  }
}
