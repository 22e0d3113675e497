package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RequestFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sender of a request is told when it does not fit a parameter. */
class RefusedRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'items':[{'count':1},{'count':'x'}]}      | $.items[1].count | a number in the JSON does"
            + " not fit",
        "{'items':[{'count':1.5}]}                  | $.items[0].count | a number in the JSON does"
            + " not fit",
        "{'items':[{'price':'much'}]}               | $.items[0].price | a number in the JSON does"
            + " not fit",
        "{'items':[{'name':{'first':'a'}}]}         | $.items[0].name  | Expected a string but was"
            + " BEGIN_OBJECT",
        "{'items':7}                                | $.items          | Expected BEGIN_ARRAY but"
            + " was NUMBER",
        "{'day':'tomorrow'}                         | $.day            | a date or time is not ISO"
            + " 8601",
        "{'visits':['2026-01-01','never']}          | $.visits[1]      | a date or time is not ISO"
            + " 8601",
        "{'items':[                                 | $.items          | the JSON ends too early",
        "{'day' '2026-01-01'}                       | $.day            | the text is not JSON",
        "[]                                         |                  | Expected BEGIN_OBJECT but"
            + " was BEGIN_ARRAY",
        "hello                                      |                  | Expected BEGIN_OBJECT but"
            + " was STRING",
      })
  void aBodyThatDoesNotFitIsAnsweredWith400AndItsField(String body, String field, String detail)
      throws Exception {
    for (String entry : List.of("probe.Shop.buy", "probe.Shop.buyBare")) {
      HttpResponse response = refused(entry, request(body.replace('\'', '"'))).orElseThrow();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.headers())
          .containsExactly(new HttpResponse.Header("Content-Type", "application/problem+json"));
      JsonNode problem = ((Payload.Json) response.body()).value();
      assertThat(problem.path("title").asText()).isEqualTo("Bad Request");
      assertThat(problem.path("status").asInt()).isEqualTo(400);
      assertThat(problem.path("detail").asText()).startsWith("parameter 'in': ").contains(detail);
      assertThat(problem.path("field").asText("")).startsWith(field == null ? "" : field);
      assertThat(problem.has("field")).isEqualTo(field != null);
      assertThat(problem.toString()).doesNotContain("probe").doesNotContain("Basket");
    }
  }

  @Test
  void anEmptyBodyIsAnsweredWith400() throws Exception {
    assertThat(refused("probe.Shop.buyBare", request("  ")).orElseThrow().status()).isEqualTo(400);
  }

  @Test
  void aRouteOrQueryValueThatDoesNotFitIsAnsweredWith400() throws Exception {
    Event event = request("").with(BindingData.builder().text("page", "three").build());

    HttpResponse response = refused("probe.Shop.page", event).orElseThrow();

    assertThat(response.status()).isEqualTo(400);
    assertThat(((Payload.Json) response.body()).value().path("detail").asText())
        .startsWith("parameter 'page': ");
  }

  @Test
  void whatTheUsersOwnClassThrowsStaysAnErrorOfTheApp() throws Exception {
    assertThat(refused("probe.Shop.buy", request("{\"code\":{\"value\":\"\"}}"))).isEmpty();
  }

  @Test
  void aMessageOfAQueueIsNoRequest() throws Exception {
    assertThat(refused("probe.Shop.queued", Event.of("{\"items\":7}"))).isEmpty();
  }

  private static Optional<HttpResponse> refused(String entry, Event event) throws Exception {
    Outcome outcome = new Calls().call(entry, event);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).cause() instanceof RequestFault fault
        ? Optional.of(fault.response())
        : Optional.empty();
  }

  private static Event request(String body) {
    return Event.of(
        new Payload.Native(
            new HttpRequest(
                "POST",
                URI.create("http://localhost:7071/api/buy"),
                Map.of("content-type", List.of("application/json")),
                Map.of(),
                Map.of(),
                body.isEmpty()
                    ? Payload.EMPTY
                    : new Payload.Bytes(body.getBytes(StandardCharsets.UTF_8)))));
  }
}
