package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.RetryPolicy;
import dev.roost.testkit.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueueOptionsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final TestHost host = new TestHost();
  private Optional<RetryPolicy> retry = Optional.empty();

  private QueueOptions options() throws BindingException {
    return QueueOptions.of(
        host, new FunctionDefinition("Orders", "a.jar", "a.B.c", List.of(), retry));
  }

  private void hostJson(String json) throws Exception {
    host.extensions.put("queues", (ObjectNode) JSON.readTree(json));
  }

  private void functionJson(String json) throws Exception {
    host.functionSettings.put("Orders", (ObjectNode) JSON.readTree(json));
  }

  @Test
  void hasTheOfficialDefaults() throws Exception {
    host.development = false;

    assertThat(options())
        .isEqualTo(
            new QueueOptions(
                16,
                8 * Runtime.getRuntime().availableProcessors(),
                5,
                new Redelivery.Fixed(Duration.ZERO),
                Duration.ofMinutes(1),
                MessageEncoding.BASE64,
                Duration.ofMinutes(2)));
  }

  @Test
  void pollsOftenInDevelopmentUnlessToldOtherwise() throws Exception {
    assertThat(options().maxPollingInterval()).isEqualTo(Duration.ofSeconds(2));
    hostJson("{\"maxPollingInterval\":\"00:00:30\"}");
    assertThat(options().maxPollingInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void prefersTheFunctionsOwnSettings() throws Exception {
    hostJson("{\"batchSize\":8,\"messageEncoding\":\"none\",\"maxDequeueCount\":7}");
    functionJson("{\"BatchSize\":\"4\",\"receiveLease\":\"00:00:10\"}");

    QueueOptions options = options();

    assertThat(options.batchSize()).isEqualTo(4);
    assertThat(options.newBatchThreshold())
        .isEqualTo(2 * Runtime.getRuntime().availableProcessors());
    assertThat(options.encoding()).isEqualTo(MessageEncoding.NONE);
    assertThat(options.maxDequeueCount()).isEqualTo(7);
    assertThat(options.receiveLease()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void takesTheRetryPolicyOfTheFunctionAsItsRedelivery() throws Exception {
    retry = Optional.of(new RetryPolicy.FixedDelay(2, Duration.ofSeconds(7)));

    assertThat(options().maxDequeueCount()).isEqualTo(3);
    assertThat(options().redelivery()).isEqualTo(new Redelivery.Fixed(Duration.ofSeconds(7)));
    functionJson("{\"maxDequeueCount\":9,\"visibilityTimeout\":\"00:00:01\"}");
    assertThat(options().maxDequeueCount()).isEqualTo(9);
    assertThat(options().redelivery()).isEqualTo(new Redelivery.Fixed(Duration.ofSeconds(1)));
  }

  @Test
  void doublesThePauseOfAnExponentialRedelivery() throws Exception {
    functionJson(
        """
        {"visibilityTimeout": {"strategy": "exponentialBackoff",
          "minimumInterval": "00:00:02", "maximumInterval": "00:01:00"}}
        """);

    assertThat(List.of(1L, 2L, 3L, 5L, 6L, 99L))
        .map(attempts -> options().redelivery().after(attempts).toSeconds())
        .containsExactly(2L, 4L, 8L, 32L, 60L, 60L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batchSize | 0 | found 0. Use a whole number from 1 to 32.",
        "batchSize | 33 | found 33. Use a whole number from 1 to 32.",
        "batchSize | \"many\" | found \"many\". Use a whole number from 1 to 32.",
        "newBatchThreshold | -1 | found -1. Use a whole number of at least 0.",
        "maxDequeueCount | 0 | found 0. Use a whole number of at least 1.",
        "maxDequeueCount | 1.5 | found 1.5. Use a whole number of at least 1.",
        "visibilityTimeout | \"soon\" | found \"soon\". Use a time span such as",
        "visibilityTimeout | \"-00:00:01\" | found \"-00:00:01\". Use a time span such as",
        "visibilityTimeout | \"8.00:00:00\" | found \"8.00:00:00\". Use a time span such as",
        "maxPollingInterval | \"00:00:00.05\" | found \"00:00:00.05\". Use a time span such as",
        "maxPollingInterval | 5 | found 5. Use a time span such as",
        "receiveLease | \"00:00:09\" | found \"00:00:09\". Use a time span such as \"00:00:30\", at"
            + " least 10.0 s",
        "messageEncoding | \"hex\" | found 'hex'. Use base64, none or auto.",
      })
  void tellsABadValueByItsPlace(String key, String value, String reason) throws Exception {
    hostJson("{\"" + key + "\":" + value + "}");
    assertThatThrownBy(this::options)
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("extensions.queues." + key + " in host.json: " + reason);

    functionJson("{\"" + key + "\":" + value + "}");
    assertThatThrownBy(this::options)
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("roost.functions.Orders." + key + " in host.json: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | visibilityTimeout.strategy in host.json: found ''. Use fixedDelay",
        "{'strategy':'fixedDelay'} | visibilityTimeout in host.json: found {",
        "{'strategy':'fixedDelay','delayInterval':'x'} | visibilityTimeout.delayInterval in",
        "{'strategy':'exponentialBackoff','minimumInterval':'00:00:09',"
            + "'maximumInterval':'00:00:01'} | visibilityTimeout in host.json: found {",
      })
  void tellsABadRedelivery(String value, String reason) throws Exception {
    functionJson("{\"visibilityTimeout\":" + value.replace('\'', '"') + "}");

    assertThatThrownBy(this::options)
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("roost.functions.Orders." + reason);
  }
}
