package dev.roost.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Concurrency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitOptionsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "{}, CEILED, 500, 1",
        "{'dynamicConcurrencyEnabled':true}, DYNAMIC, 500, 1",
        "{'dynamicConcurrencyEnabled':'False'}, STATIC, 500, 1",
        "{'maximumFunctionConcurrency':20}, CEILED, 20, 1",
        "{'maximumFunctionConcurrency':-1}, CEILED, 2147483647, 1",
        "{'cpuThreshold':0.7}, CEILED, 500, 0.7"
      })
  void readsTheOfficialKeys(String json, Concurrency concurrency, int most, double cpu)
      throws JsonProcessingException {
    ObjectNode section = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
    LimitOptions options = LimitOptions.read(section);
    assertThat(options.concurrency()).isEqualTo(concurrency);
    assertThat(options.most(false)).isEqualTo(most);
    assertThat(options.cpuThreshold()).isEqualTo(cpu);
  }
}
