package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.servicebus.namespace.OptionReader;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.testkit.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static final Duration TRY = Duration.ofSeconds(60);

  private final TestHost host = new TestHost();
  private final ObjectNode bus = JsonNodeFactory.instance.objectNode();
  private final ObjectNode trigger = JsonNodeFactory.instance.objectNode().put("queueName", "q");

  private ServiceBusOptions options() throws BindingException {
    host.extensions.put("serviceBus", bus);
    return ServiceBusOptions.of(
        OptionReader.of(
            host.context(
                "Orders",
                new BindingDefinition("msg", "serviceBusTrigger", Direction.IN, trigger))),
        TRY);
  }

  @Test
  void hasTheOfficialDefaults() throws Exception {
    ServiceBusOptions options = options();

    assertThat(options.prefetch()).isZero();
    assertThat(options.autoComplete()).isTrue();
    assertThat(options.renewal()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.calls()).isEqualTo(16 * Runtime.getRuntime().availableProcessors());
    assertThat(options.sessions()).isEqualTo(8);
    assertThat(options.callsPerSession()).isEqualTo(1);
    assertThat(options.batch())
        .isEqualTo(new ServiceBusOptions.Batch(1000, 1, Duration.ofSeconds(30)));
    assertThat(options.sessionIdle()).isEqualTo(TRY);
  }

  @Test
  void readsTheOlderPlacesOfAKeyBehindTheNewer() throws Exception {
    bus.putObject("messageHandlerOptions").put("maxConcurrentCalls", 3).put("autoComplete", false);
    bus.putObject("sessionHandlerOptions").put("maxConcurrentSessions", 4);
    bus.putObject("batchOptions").put("maxMessageCount", 50);
    assertThat(options().calls()).isEqualTo(3);
    assertThat(options().sessions()).isEqualTo(4);
    assertThat(options().autoComplete()).isFalse();
    assertThat(options().batch().most()).isEqualTo(50);

    bus.put("maxConcurrentCalls", 5);

    assertThat(options().calls()).isEqualTo(5);
  }

  @Test
  void letsTheFunctionAndItsBindingSpeakFirst() throws Exception {
    bus.put("autoCompleteMessages", true).put("maxMessageBatchSize", 100);
    trigger.put("autoComplete", false).put("maxMessageBatchSize", 7);
    assertThat(options().autoComplete()).isFalse();
    assertThat(options().batch().most()).isEqualTo(7);

    host.functionSettings.put(
        "Orders", JsonNodeFactory.instance.objectNode().put("maxMessageBatchSize", 9));

    assertThat(options().batch().most()).isEqualTo(9);
  }

  @Test
  void renewsForEverWhenAskedTo() throws Exception {
    bus.put("maxAutoLockRenewalDuration", "-00:00:00.0010000");

    assertThat(options().renewal()).isEqualTo(ServiceBusOptions.ENDLESS);
  }

  @ParameterizedTest
  @CsvSource({
    "maxConcurrentCalls, 0",
    "maxConcurrentCalls, many",
    "prefetchCount, -1",
    "maxBatchWaitTime, 00:10:00",
    "sessionIdleTimeout, soon",
    "autoCompleteMessages, perhaps",
    "minMessageBatchSize, 2000"
  })
  void saysWhichOptionIsWrong(String key, String value) {
    bus.put(key, value);

    assertThatThrownBy(this::options)
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("extensions.serviceBus." + key)
        .hasMessageContaining(value);
  }
}
