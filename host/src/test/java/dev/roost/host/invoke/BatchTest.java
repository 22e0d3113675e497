package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.Outcome;
import dev.roost.spi.OutgoingMessage;
import dev.roost.spi.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Calls calls = new Calls();

  private Outcome batch(String... orders) throws Exception {
    List<Payload> items = Arrays.stream(orders).<Payload>map(Payload.Text::new).toList();
    return calls.call("probe.Batches.some", Event.of(new Payload.Batch(items)));
  }

  @Test
  void aFunctionSettlesSomeOfItsBatch() throws Exception {
    Outcome outcome = batch("good", "bad", "worse", "good");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Partial.class,
            partial -> {
              assertThat(partial.failures()).containsOnlyKeys(1, 2);
              assertThat(partial.failures().get(1).permanent()).isFalse();
              assertThat(partial.failures().get(1).cause()).hasMessage("bad");
              assertThat(partial.failures().get(2).permanent()).isTrue();
            });
    assertThat(calls.written).as("the result is for the source of the batch").isEmpty();
  }

  @Test
  void aBatchWithoutFailuresSucceeds() throws Exception {
    assertThat(batch("good", "good")).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void aBrokenMessageFailsTheInvocationWithItsReason() throws Exception {
    Outcome outcome =
        calls.call("probe.Batches.one", Event.of(new Payload.Broken("it is not Base64")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("it is not Base64"));
  }

  @Test
  void aFunctionComposesAMessage() throws Exception {
    calls.call("probe.Batches.one", Event.of("[1]"));

    assertThat(calls.written)
        .containsEntry(
            "out",
            new Payload.Native(
                new OutgoingMessage(
                    new Payload.Text("[1]"),
                    Optional.of(Duration.ofMinutes(1)),
                    Optional.of(Duration.ofHours(1)))));
  }

  @Test
  void aFunctionComposesSeveralMessages() throws Exception {
    calls.call("probe.Batches.two", Event.of("a"));

    OutgoingMessage text =
        new OutgoingMessage(new Payload.Text("a"), Optional.empty(), Optional.empty());
    OutgoingMessage json =
        new OutgoingMessage(
            new Payload.Json(JSON.readTree("[1,2]")), Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(calls.written)
        .containsEntry(
            "$return",
            new Payload.Batch(List.of(new Payload.Native(text), new Payload.Native(json))));
    calls.call("probe.Batches.array", Event.of("a"));
    assertThat(calls.written)
        .containsEntry(
            "$return",
            new Payload.Batch(List.of(new Payload.Native(text), new Payload.Native(text))));
  }
}
