package dev.roost.host.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | $.version: is missing. Write "2.0", as a text.
          {"version": 2}                                | $.version: 2 does not fit. Write "2.0", as a text.
          {"version": "2.0", "functions": "A"}          | $.functions: is a text: "A". Write a list of the functions to run.
          {"version": "2.0", "functions": [""]}         | $.functions[0]: is empty. Write a function's name.
          {"version": "2.0", "logging": true}           | $.logging: is true. Write an object.
          {"version": "2.0", "retry": null}             | $.retry: is null. Write an object with strategy, maxRetryCount and its intervals.
          {"version": "2.0", "functionTimeout": "soon"} | $.functionTimeout: "soon" does not fit. Write a time span of at least one second, for example "00:30:00", or "-1" for no limit.
          {"version": "2.0", "extensions": {"queues": {"batchSize": 33}}} | $.extensions.queues.batchSize: 33 is too large. Write a whole number from 1 to 32: messages fetched at once.
          {"version": "2.0", "extensions": {"queues": {"batchSize": 0}}}  | $.extensions.queues.batchSize: 0 is too small. Write a whole number from 1 to 32: messages fetched at once.
          {"version": "2.0", "concurrency": {"cpuThreshold": 1}}          | $.concurrency.cpuThreshold: 1 is too large. Write a number between 0 and 1, for example 0.8.
          {"version": "2.0", "roost": {"functions": {"Orders": {"messageEncoding": "utf8"}}}} | $.roost.functions.Orders.messageEncoding: "utf8" does not fit. Write base64, none or auto.
          """)
  void saysInPlainWordsWhatIsWrongInHostJson(String json, String expected) throws Exception {
    assertThat(FileSchema.hostJson().check("/app/host.json", JSON.readTree(json)))
        .extracting(Problem::line)
        .containsExactly("/app/host.json: " + expected);
  }

  @Test
  void hasNothingToSayAboutAGoodFile() throws Exception {
    assertThat(FileSchema.hostJson().check("host.json", JSON.readTree("{\"version\": \"2.0\"}")))
        .isEmpty();
  }

  @Test
  void showsNoMoreThanTheBeginningOfALongValue() throws Exception {
    String json = "{\"version\": \"" + "x".repeat(500) + "\"}";
    assertThat(FileSchema.hostJson().check("host.json", JSON.readTree(json)))
        .extracting(Problem::found)
        .allSatisfy(found -> assertThat(found).hasSizeLessThan(100).contains("…"));
  }
}
