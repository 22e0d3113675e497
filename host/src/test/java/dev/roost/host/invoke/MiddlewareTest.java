package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.roost.spi.BindingException;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.Behaviour;

/** An app's injector and middlewares, found through the service files of its own class loader. */
class MiddlewareTest {
  @TempDir Path app;
  private URLClassLoader loader;

  @BeforeEach
  void openLoader() throws MalformedURLException {
    loader =
        new URLClassLoader(new URL[] {app.toUri().toURL()}, MiddlewareTest.class.getClassLoader());
    Behaviour.SEEN.clear();
  }

  @AfterEach
  void closeLoader() throws IOException {
    loader.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          skipped,  from the middleware
          replaced, got new
          watched,  "injected, same loader=true; name=in full=null value=val nope=null loader=true"
          isStatic, static without an injector
          ordered,  function > inner
          twice,    "injected, same loader=true"
          """)
  void middlewaresSeeAndChangeTheCall(String function, String returned) throws Exception {
    Calls calls = appWithAll();

    Outcome outcome = run(calls, function);

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(calls.written).containsEntry("$return", new Payload.Text(returned));
  }

  @Test
  void aMiddlewareThatGoesOnTwiceCallsTheFunctionOnce() throws Exception {
    run(appWithAll(), "twice");

    assertThat(Behaviour.SEEN).containsExactly("called");
  }

  @Test
  void theUsersExceptionReachesAMiddlewareAsReflectionWrapsIt() throws Exception {
    Outcome outcome = run(appWithAll(), "throwing");

    assertThat(Behaviour.SEEN)
        .containsExactly("java.lang.reflect.InvocationTargetException because user");
    assertThat(((Outcome.Failed) outcome).cause())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("user");
  }

  @Test
  void aConversionErrorReachesAMiddlewareUnwrapped() throws Exception {
    run(appWithAll(), "converting");

    assertThat(Behaviour.SEEN)
        .containsExactly("dev.roost.host.invoke.ConversionException because ");
  }

  @Test
  void aReplacedArgumentIsNotConverted() throws Exception {
    Outcome outcome = run(appWithAll(), "replacedBadly");

    assertThat(Behaviour.SEEN).containsExactly("java.lang.IllegalArgumentException because ");
    assertThat(((Outcome.Failed) outcome).cause())
        .hasMessage(
            "function 'replacedBadly', parameter 'in' (java.lang.String): a middleware put a"
                + " java.lang.Integer here");
  }

  @Test
  void whatAnInjectorThrowsIsNotWrapped() throws Exception {
    Calls calls = appWithAll();

    Outcome outcome =
        calls
            .invoker()
            .invoke(
                calls.bind("refused", "probe.Ways.Refused.run"),
                Event.of("val"),
                Calls.UNDISTURBED);

    assertThat(Behaviour.SEEN).containsExactly("java.lang.IllegalStateException because ");
    assertThat(((Outcome.Failed) outcome).cause()).hasMessage("no Refused");
  }

  @Test
  void twoInjectorsAreTooMany() throws Exception {
    service(FunctionInstanceInjector.class, "probe.WaysInjector\nprobe.OtherInjector");

    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> AppServices.load(loader))
        .withMessage(
            "META-INF/services/com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector:"
                + " the app has 2 injectors: probe.WaysInjector, probe.OtherInjector. Keep one of"
                + " them.");
  }

  @Test
  void aServiceThatCanNotBeMadeIsNamed() throws Exception {
    service(Middleware.class, "probe.Nowhere");

    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> AppServices.load(loader))
        .withMessageContaining("Provider probe.Nowhere not found");
  }

  private Calls appWithAll() throws Exception {
    service(FunctionInstanceInjector.class, "probe.WaysInjector");
    service(Middleware.class, "probe.OuterMiddleware\nprobe.InnerMiddleware");
    Calls calls = new Calls();
    calls.app = AppServices.load(loader);
    return calls;
  }

  private static Outcome run(Calls calls, String function) throws BindingException {
    return calls
        .invoker()
        .invoke(calls.bind(function, "probe.Ways." + function), Event.of("val"), Calls.UNDISTURBED);
  }

  private void service(Class<?> type, String lines) throws IOException {
    Path file = app.resolve("META-INF/services/" + type.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }
}
