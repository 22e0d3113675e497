package dev.roost.host.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpStatus;
import dev.roost.host.log.InvocationScope;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvokerTest {
  private final Calls calls = new Calls();
  private final Logger category = Logger.getLogger("Function.F");
  private final List<LogRecord> records = new ArrayList<>();
  private final List<Optional<InvocationScope>> scopes = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
          scopes.add(
              InvocationScope.CURRENT.isBound()
                  ? Optional.of(InvocationScope.CURRENT.get())
                  : Optional.empty());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    category.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    category.removeHandler(handler);
  }

  @Test
  void writesTheOfficialLinesAroundASuccess() throws BindingException {
    calls.call("probe.Takes.text", Event.of("x").detailed(Map.of("MessageId", "m-1")));

    String id = scopes.getFirst().orElseThrow().invocationId();
    assertThat(lines())
        .containsExactly(
            "INFO Executing 'Functions.F' (Reason='made by hand', Id=" + id + ")",
            "INFO Trigger Details: MessageId: m-1",
            "INFO Executed 'Functions.F' (Succeeded, Id=" + id + ", Duration=0ms)");
    assertThat(scopes).containsOnly(Optional.of(new InvocationScope("F", id)));
  }

  @Test
  void logsAUsersExceptionWithTheUsersFramesOnly() throws BindingException {
    Outcome outcome = calls.call("probe.Behaviour.failsDeepDown", Event.of("x"));

    LogRecord last = records.getLast();
    assertThat(last.getLevel()).isEqualTo(Level.SEVERE);
    assertThat(last.getMessage()).startsWith("Executed 'Functions.F' (Failed, Id=");
    assertThat(last.getThrown()).isSameAs(((Outcome.Failed) outcome).cause());
    assertThat(last.getThrown().getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .contains("probe.Behaviour")
        .noneMatch(name -> name.startsWith("dev.roost.host.") || name.contains(".invoke."));
  }

  @Test
  void theUsersLoggerIsTaggedAndTakesEveryLevel() throws BindingException {
    category.setLevel(Level.ALL);
    try {
      calls.call("probe.Behaviour.logs", Event.of("x"));
    } finally {
      category.setLevel(null);
    }

    assertThat(lines()).contains("FINE fine", "WARNING look out");
    assertThat(scopes).doesNotContain(Optional.empty());
  }

  @Test
  void aPermanentFailureIsSeenThroughItsWrappers() throws BindingException {
    Outcome outcome = calls.call("probe.Gives.throwPermanent", Event.of("x"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.permanent()).isTrue());
  }

  @Test
  void anInputIsReadBeforeTheFunctionRuns() throws BindingException {
    calls.inputs.put("blob", new Payload.Bytes(new byte[] {'b'}));

    calls.call("probe.Behaviour.readsBlob", Event.of("x"));

    assertThat(calls.written).containsEntry("$return", new Payload.Text("xbytes(b)"));
  }

  @Test
  void anOutputThatCanNotBeWrittenFailsTheInvocationByName() throws BindingException {
    Outcome outcome = calls.invoker().invoke(bound("out"), Event.of("x"), Calls.UNDISTURBED);

    assertThat(((Outcome.Failed) outcome).cause())
        .hasMessage("The output 'out' was not written: queue is full");
  }

  @Test
  void aValueThatIsNoJsonFailsBeforeAnythingIsWritten() throws BindingException {
    Outcome outcome = calls.call("probe.Behaviour.badValue", Event.of("x"));

    assertThat(((Outcome.Failed) outcome).cause())
        .hasMessageStartingWith("The value of output 'out' can't be written as JSON: ");
    assertThat(calls.written).isEmpty();
  }

  @Test
  void nothingIsWrittenWhenTheFunctionThrows() throws BindingException {
    calls.call("probe.Gives.setAndThrow", Event.of("x"));

    assertThat(calls.written).isEmpty();
  }

  @Test
  void theContextClassLoaderIsPutBack() throws BindingException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader other = new ClassLoader(Calls.class.getClassLoader()) {};
    calls.app = new AppServices(other, Optional.empty(), List.of());

    calls.call("probe.Takes.contextLoader", Event.of("x"));

    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    assertThat(calls.written).containsEntry("$return", new Payload.Text("Boolean(false)"));
  }

  @Test
  void anInterruptDoesNotOutliveTheFunction() throws BindingException {
    calls.call("probe.Behaviour.interruptsItself", Event.of("x"));

    assertThat(Thread.interrupted()).isFalse();
    assertThat(calls.written).containsEntry("$return", new Payload.Text("done"));
  }

  @Test
  void aStreamIsOpenWhileOutputsAreWrittenAndClosedThen() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    List<String> seen = new ArrayList<>();
    InputStream data =
        new ByteArrayInputStream(new byte[] {'a', 'b'}) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    Function function =
        Function.bind(
            calls.definition("F", "probe.Behaviour.copies"),
            calls.app,
            new OpenBindings(
                Map.of(),
                Map.of(
                    "$return",
                    (value, _) -> {
                      try (InputStream in = ((Payload.Stream) value).opener().open()) {
                        seen.add(new String(in.readAllBytes(), UTF_8) + " closed=" + closed.get());
                      }
                    }),
                Optional.empty()));

    calls
        .invoker()
        .invoke(function, Event.of(new Payload.Stream(() -> data, 2)), Calls.UNDISTURBED);

    assertThat(seen).containsExactly("ab closed=0");
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void aBuiltResponseCanStillBeChanged() {
    ResponseMessage response = new ResponseMessage(HttpStatus.OK).build();

    response.status(HttpStatus.NOT_FOUND).header("A", "1").header("A", "2").body("gone");

    assertThat(response.getStatusCode()).isEqualTo(404);
    assertThat(response.getHeader("A")).isEqualTo("2");
    assertThat(response.getHeader("a")).isNull();
    assertThat(response.getBody()).isEqualTo("gone");
  }

  private Function bound(String broken) throws BindingException {
    FunctionDefinition definition = calls.definition("F", "probe.Behaviour.writesTwo");
    return Function.bind(
        definition,
        calls.app,
        new OpenBindings(
            Map.of(),
            Map.of(
                broken,
                (_, _) -> {
                  throw new IOException("queue is full");
                },
                "$return",
                (value, _) -> calls.written.put("$return", value)),
            Optional.empty()));
  }

  private List<String> lines() {
    return records.stream().map(r -> r.getLevel() + " " + r.getMessage()).toList();
  }
}
