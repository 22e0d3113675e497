package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final ObjectMapper READER = new ObjectMapper();

  @Test
  void indentsAsJsonNetDoes() throws Exception {
    JsonNode node = READER.readTree("{\"a\":[1,{\"b\":\"\\u00e9\"},[]],\"c\":{},\"d\":null}");

    assertThat(Json.text(node))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": "\u00e9"
                },
                []
              ],
              "c": {},
              "d": null
            }\
            """);
    assertThat(Json.bytes(node)).isEqualTo(Json.text(node).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void indentsDeeperThanItHasPiecesFor() throws Exception {
    int depth = 70;
    JsonNode node = READER.readTree("[".repeat(depth) + "1" + "]".repeat(depth));

    String text = Json.text(node);

    assertThat(text.lines().skip(depth).findFirst()).hasValue("  ".repeat(depth) + "1");
    assertThat(READER.readTree(text)).isEqualTo(node);
  }
}
