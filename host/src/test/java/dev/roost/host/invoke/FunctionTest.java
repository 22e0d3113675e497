package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roost.spi.BindingException;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          probe.Nowhere.run | entryPoint: the class probe.Nowhere is in none of the app's jars. Rebuild the app, or correct entryPoint in function.json.
          probe.Takes.nowhere | entryPoint: probe.Takes has no method nowhere. Correct entryPoint, or rebuild the app.
          probe.Shapes.hidden | entryPoint: probe.Shapes.hidden is not public. Make the method public.
          probe.Shapes.notPublic | entryPoint: probe.Shapes.notPublic is not public. Make the method public.
          probe.Shapes.twins | entryPoint: probe.Shapes has 2 methods twins. Annotate the one that is the function with @FunctionName("F"), or rename the others.
          probe.Shapes.Private.run | entryPoint: the constructor of probe.Shapes$Private is private. Give the class a public constructor without parameters, or bring a FunctionInstanceInjector.
          probe.Shapes.Abstract.run | entryPoint: probe.Shapes$Abstract is abstract. Name a class that can be made, or make the method static.
          probe.Shapes.Inner.run | entryPoint: probe.Shapes$Inner is an inner class. Make the class static.
          probe.Shapes.unknownOutput | parameter 'missing': no binding of function 'F' has this name. Rebuild the app, or correct function.json.
          probe.Shapes.outputAsText | parameter 'out': its type is java.lang.String, but its binding is an output. Declare OutputBinding<java.lang.String>.
          probe.Shapes.anInterface | parameter 'in': no value can be made for it: java.lang.Runnable is an interface. Use String, byte[], InputStream, a class with fields, a record, a List or an array.
          probe.Shapes.badData | parameter 'Id': no value can be made for it: java.lang.Runnable is an interface. Use String, byte[], InputStream, a class with fields, a record, a List or an array.
          probe.Shapes.aRequest | parameter 'in': its type is HttpRequestMessage, but the trigger is not HTTP. Change the type.
          """)
  void saysWhyItCanNotBeBound(String entryPoint, String message) {
    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> new Calls().bind("F", entryPoint))
        .withMessage(message);
  }

  @Test
  void aMissingClassOfItsSignatureIsNamed() {
    Calls calls = new Calls();
    calls.app = new AppServices(new Incomplete(), Optional.empty(), List.of());

    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> calls.bind("F", "probe.Takes.order"))
        .withMessage(
            "parameter 'in': its type is probe.Order, which is in none of the app's jars. Add the"
                + " library that brings it, and what that one depends on, to the app's lib.");
  }

  /** Loads the probes anew, all but one. */
  private static final class Incomplete extends ClassLoader {
    Incomplete() {
      super(FunctionTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals("probe.Order")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("probe.") ? anew(name) : super.loadClass(name, resolve);
    }

    private Class<?> anew(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"first,first", "SECOND,second"})
  void takesTheOverloadThatIsAnnotatedWithItsName(String function, String returned)
      throws BindingException {
    Calls calls = new Calls();

    Outcome outcome =
        calls
            .invoker()
            .invoke(
                calls.bind(function, "probe.Shapes.named"),
                Event.of("{\"id\":\"x\"}"),
                Calls.UNDISTURBED);

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(calls.written).containsEntry("$return", new Payload.Text(returned));
  }

  @Test
  void makesAnInstanceForEachCall() throws BindingException {
    Calls calls = new Calls();
    Function function = calls.bind("F", "probe.Shapes.counts");

    calls.invoker().invoke(function, Event.of("x"), Calls.UNDISTURBED);
    calls.invoker().invoke(function, Event.of("x"), Calls.UNDISTURBED);

    assertThat(calls.written).containsEntry("$return", new Payload.Text("own=1"));
  }

  @Test
  void anObjectThatCanNotBeMadeFailsTheInvocation() throws BindingException {
    Outcome outcome = new Calls().call("probe.Shapes.BadConstructor.run", Event.of("x"));

    assertThat(((Outcome.Failed) outcome).cause()).hasMessage("no object");
  }
}
