package dev.roost.host.invoke;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.roost.spi.BindingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * What an app brings for all its functions: who makes their instances, and the middlewares around
 * every call, in the order of the service files. Shared by all invocations.
 *
 * @param loader the app's class loader, the context class loader of everything that is the app's
 * @param injector makes the instances; empty for a new one by the public constructor on every call
 * @param middlewares outermost first
 */
public record AppServices(
    ClassLoader loader, Optional<FunctionInstanceInjector> injector, List<Middleware> middlewares) {
  public AppServices {
    middlewares = List.copyOf(middlewares);
  }

  /**
   * Finds and makes the services of an app with {@link ServiceLoader}.
   *
   * @throws BindingException when a service can't be made, or there are several injectors: then no
   *     function of the app can run
   */
  public static AppServices load(ClassLoader loader) throws BindingException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      List<FunctionInstanceInjector> injectors = all(FunctionInstanceInjector.class, loader);
      if (injectors.size() > 1) {
        throw new BindingException(
            "META-INF/services/" + FunctionInstanceInjector.class.getName(),
            "the app has "
                + injectors.size()
                + " injectors: "
                + String.join(", ", injectors.stream().map(i -> i.getClass().getName()).toList()),
            "Keep one of them.");
      }
      return new AppServices(loader, injectors.stream().findFirst(), all(Middleware.class, loader));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static <S> List<S> all(Class<S> service, ClassLoader loader) throws BindingException {
    List<S> found = new ArrayList<>();
    try {
      ServiceLoader.load(service, loader).forEach(found::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      // Without a cause the loader's own words are the reason: no such class, or no subtype.
      String why = e.getCause() == null ? String.valueOf(e.getMessage()) : Failures.inWords(e);
      throw new BindingException(
          "META-INF/services/" + service.getName(),
          "a service of the app can't be made: " + why,
          "Repair the class that it names, or remove the line.");
    }
    return found;
  }
}
