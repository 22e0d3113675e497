package guice;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.name.Names;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** Lets Guice make the functions' instances. */
public final class Wiring implements FunctionInstanceInjector {
  private final Injector injector =
      Guice.createInjector(
          new AbstractModule() {
            @Override
            protected void configure() {
              bindConstant()
                  .annotatedWith(Names.named("salutation"))
                  .to(System.getenv().getOrDefault("SALUTATION", "none set"));
            }
          });

  @Override
  public <T> T getInstance(Class<T> type) {
    return injector.getInstance(type);
  }
}
