package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.TraceHeaders;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without spans, an invocation passes on the trace that its event brought. */
class TracedInvocationTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, true",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, false",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01, false",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x, false",
    "00-abc-def-01, false",
    "'', false",
  })
  void onlyAWellFormedParentIsPassedOn(String parent, boolean passed) {
    assertThat(TraceHeaders.of(parent, "a=1").parent()).isEqualTo(passed ? parent : "");
  }

  @Test
  void aStateThatIsNoPlainTextIsLeftOut() {
    assertThat(TraceHeaders.of(PARENT, "a=1,b=2").state()).isEqualTo("a=1,b=2");
    assertThat(TraceHeaders.of(PARENT, "a=\u0001").state()).isEmpty();
    assertThat(TraceHeaders.of(PARENT, "a".repeat(513)).state()).isEmpty();
  }

  @Test
  void outputsAreWrittenInTheTraceOfTheEvent() throws Exception {
    AtomicReference<TraceHeaders> seen = new AtomicReference<>();
    Calls calls = new Calls();
    calls.onWrite = () -> seen.set(TraceHeaders.current());

    calls.call("probe.Gives.integer", Event.of("x").tracedBy(PARENT));

    assertThat(seen.get()).isEqualTo(new TraceHeaders(PARENT, ""));
    assertThat(seen.get().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(seen.get().spanId()).isEqualTo("b7ad6b7169203331");
    assertThat(TraceHeaders.current()).isEqualTo(TraceHeaders.NONE);
  }
}
