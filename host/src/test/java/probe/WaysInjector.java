package probe;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** Makes {@link Ways} with a word on the context class loader, and nothing else. */
public class WaysInjector implements FunctionInstanceInjector {
  private final ClassLoader atStart = Thread.currentThread().getContextClassLoader();

  @Override
  public <T> T getInstance(Class<T> type) throws Exception {
    if (type != Ways.class) {
      throw new IllegalStateException("no " + type.getSimpleName());
    }
    boolean same = atStart == Thread.currentThread().getContextClassLoader();
    return type.getConstructor(String.class).newInstance("injected, same loader=" + same);
  }
}
