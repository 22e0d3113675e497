package dev.roost.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TopTableTest {
  private static JsonNode answer(long nanos, long settled, long backlog)
      throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(
            """
            {"nanos": %d, "listeners": [{"name": "Orders", "inFlight": 20, "limit": 21,
             "why": "more in flight only adds latency", "settled": %d, "backlog": %d}]}
            """
                .formatted(nanos, settled, backlog));
  }

  @Test
  void showsWhatArrivedAndWhatWasDoneASecond() throws JsonProcessingException {
    TopTable table = new TopTable(answer(0, 100, 1000));
    String text = table.next(answer(2_000_000_000L, 900, 700));
    assertThat(text.lines().skip(1).findFirst().orElseThrow().split(" +", 7))
        .containsExactly(
            "Orders", "700", "250", "400", "20", "21", "more in flight only adds latency");
  }
}
