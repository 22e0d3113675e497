package dev.roost.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trees that the parser alone makes, against those of Jackson's mapper. */
class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "\"text\"",
        "{\"a\": {\"b\": [1, -2, {\"c\": []}]}, \"d\": \"\\u00e9\\n\", \"e\": null, \"f\": false}",
        "[0, 2147483647, 2147483648, 9223372036854775807, 9223372036854775808, -0]",
        "[0.1, 1e400, -1.50, 123456789012345678901234567890.5]"
      })
  void readsAsTheMapperDoes(String text) throws JsonProcessingException {
    assertThat(Json.read(text)).isEqualTo(new JsonMapper().readTree(text));
  }

  @Test
  void writesAsTheMapperDoes() throws JsonProcessingException {
    String text =
        "{\"a\":[1,-2,{\"c\":[]}],\"d\":\"\u00e9\\n\\\"\",\"e\":null,\"f\":false,\"g\":1.5}";
    assertThat(Json.write(new JsonMapper().readTree(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "\uFEFF", "// nothing"})
  void findsNothingInATextWithoutAValue(String text) throws JsonProcessingException {
    assertThat(Json.read(text).isMissingNode()).isTrue();
  }

  @Test
  void takesCommentsTrailingCommasAndAByteOrderMark() throws JsonProcessingException {
    assertThat(Json.read("\uFEFF{/* a */ \"a\": [1, 2,], // b\n}").toString())
        .isEqualTo("{\"a\":[1,2]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "]",
        "{\"a\": 1, \"a\": 2}",
        "{} {}",
        "{} x",
        "nul",
        "01",
        "\"",
        "{'a': 1}"
      })
  void refusesWhatIsWrongAndSaysWhere(String text) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOfSatisfying(
            JsonProcessingException.class,
            e -> assertThat(Json.where(e)).startsWith("line 1, column "));
  }

  @Test
  void refusesADepthThatNoFileHas() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> Json.read(deep)).isInstanceOf(JsonProcessingException.class);
  }
}
