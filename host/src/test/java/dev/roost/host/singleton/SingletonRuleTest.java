package dev.roost.host.singleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingletonRuleTest {
  private final TestHost host = new TestHost();

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(text);
  }

  private Optional<SingletonRule> read(String trigger) throws Exception {
    return SingletonRule.read(
        new FunctionDefinition(
            "Bill",
            "app.jar",
            "app.Bill.run",
            List.of(new BindingDefinition("q", "queueTrigger", Direction.IN, json(trigger))),
            Optional.empty()),
        host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                      | none",
        "{\"singleton\": false}                  | none",
        "{\"singleton\": true}                   | Host.Functions.Bill.Singleton",
        "{\"singleton\": \"\"}                   | Host.Functions.Bill.Singleton",
        "{\"singleton\": \"{customerId}\"}       | Host.Functions.Bill.Singleton.c-7",
        "{\"Singleton\": \"{customerId}\"}       | Host.Functions.Bill.Singleton.c-7",
        "{\"singleton\": \"%Zone%_{customerId}\"} | Host.Functions.Bill.Singleton.eu_c-7",
        "{\"singleton\": \"{path}\"}             |"
            + " Host.Functions.Bill.Singleton.~90c7b6f9cd1f2b3f5f8c7e3f2bfb4d6e",
      })
  void theLockIsNamedAfterTheFunctionAndTheValue(String trigger, String lock) throws Exception {
    host.values.put("Zone", "eu");
    BindingData data =
        BindingData.builder().text("customerId", "c-7").text("path", "a/b ?c").build();
    Optional<SingletonRule> rule = read(trigger);
    String found = rule.isEmpty() ? "none" : rule.get().lock(data, host);
    assertThat(found.replaceAll("~[0-9a-f]{32}$", "~")).isEqualTo(lock.replaceAll("~.*", "~"));
  }

  @Test
  void theFunctionsSectionOfHostJsonComesFirst() throws Exception {
    host.functionSettings.put("Bill", json("{\"singleton\": false, \"waitLimit\": \"00:00:10\"}"));
    assertThat(read("{\"singleton\": true}")).isEmpty();
    host.functionSettings.put("Bill", json("{\"waitLimit\": \"00:00:10\"}"));
    assertThat(read("{\"singleton\": true, \"waitLimit\": \"00:00:20\"}").orElseThrow().waitLimit())
        .contains(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"singleton\": true, \"waitLimit\": \"soon\"}      | waitLimit | 'soon' is not"
            + " understood",
        "{\"singleton\": true, \"waitLimit\": \"-00:00:01\"} | waitLimit | '-00:00:01' is not"
            + " understood",
        "{\"singleton\": \"{customerId\"}                    | singleton | {customerId",
        "{\"singleton\": \"%Nowhere%\"}                      | singleton | Nowhere",
      })
  void whatMakesNoSenseIsRefusedAtTheStart(String trigger, String key, String found) {
    assertThatThrownBy(() -> read(trigger))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining(found)
        .extracting(e -> ((BindingException) e).problem("Bill").key())
        .isEqualTo(key);
  }

  @Test
  void anEmptyValueIsNoValue() throws Exception {
    SingletonRule rule = read("{\"singleton\": \"{customerId}\"}").orElseThrow();
    BindingData data = BindingData.builder().text("customerId", " ").build();
    assertThatThrownBy(() -> rule.lock(data, host))
        .hasMessage("'{customerId}' gives an empty text for this event");
  }
}
