package dev.roost.emulator.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.emulator.codec.Message;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 = 1                                  | true",
        "1 = 0                                  | false",
        "TRUE                                   | true",
        "NOT TRUE                               | false",
        "amount = 42                            | true",
        "amount = 42.0                          | true",
        "amount <> 42                           | false",
        "amount != 41                           | true",
        "amount >= 42 AND amount <= 42          | true",
        "amount > 42 OR country = 'de'          | true",
        "amount = 1 OR amount = 42 AND 1 = 0    | false",
        "(amount = 42 OR 1 = 1) AND 1 = 0       | false",
        "user.country = 'de'                    | true",
        "COUNTRY = 'de'                         | true",
        "[country] = 'de'                       | true",
        "\"country\" = 'de'                     | true",
        "country = 'DE'                         | false",
        "sys.Label = 'order'                    | true",
        "sys.MessageId = 'id-1'                 | true",
        "sys.CorrelationId IS NULL              | true",
        "sys.Label IS NOT NULL                  | true",
        "missing = 1                            | false",
        "NOT (missing = 1)                      | false",
        "missing IS NULL                        | true",
        "EXISTS(country)                        | true",
        "EXISTS(missing)                        | false",
        "NOT EXISTS(missing)                    | true",
        "missing = 1 OR amount = 42             | true",
        "country IN ('fr', 'de')                | true",
        "country NOT IN ('fr', 'de')            | false",
        "country LIKE 'd%'                      | true",
        "country LIKE '_e'                      | true",
        "country NOT LIKE 'f%'                  | true",
        "percent LIKE '100!%' ESCAPE '!'        | true",
        "country LIKE '100!%' ESCAPE '!'        | false",
        "amount + 8 = 50                        | true",
        "amount - 2 * 20 = 2                    | true",
        "amount / 4 = 10                        | true",
        "amount % 5 = 2                         | true",
        "-amount = -42                          | true",
        "amount * 1.5 = 63                      | true",
        "price > 1e1                            | true",
        "'it''s' = 'it''s'                      | true",
        "country + 'x' = 'dex'                  | true",
        "urgent = true                          | true",
        "urgent                                 | true",
        "country = 1                            | false",
        "unsigned = 7                           | true",
        "id = '00000000-0000-0000-0000-000000000001' | true",
      })
  void aConditionIsTrueOrNot(String sql, boolean expected) {
    assertThat(new SqlFilter(sql).matches(message())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a =",
        "= 1",
        "a = 1 b",
        "(a = 1",
        "a IN ()",
        "a LIKE",
        "a NOT = 1",
        "sys.Nothing = 1",
        "a = 'open",
        "a ? 1",
        "a = 1.2.3",
        "EXISTS a",
        "a IS 1",
        "AND",
        "a == 1"
      })
  void whatCannotBeReadIsSaid(String sql) {
    assertThatThrownBy(() -> new SqlFilter(sql))
        .isInstanceOf(BadSql.class)
        .hasMessageContaining("position");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> new SqlFilter("(".repeat(5000) + "1=1" + ")".repeat(5000)))
        .isInstanceOf(BadSql.class)
        .hasMessageContaining("deep");
  }

  @Test
  void aCalculationMayFail() {
    assertThatThrownBy(() -> new SqlFilter("amount / 0 = 1").matches(message()))
        .isInstanceOf(RuleFailure.class);
  }

  @Test
  void anActionSetsAndRemoves() {
    Message changed =
        new SqlAction("SET sys.To = 'there'; SET n = amount + 1; REMOVE country; REMOVE sys.Label;")
            .applyTo(message());

    assertThat(changed.properties().getTo()).isEqualTo("there");
    assertThat(changed.properties().getSubject()).isNull();
    assertThat(changed.applicationProperties())
        .containsEntry("n", 43L)
        .doesNotContainKey("country");
  }

  @Test
  void anActionLeavesTheOriginalAlone() {
    Message original = message();
    Message changed = new SqlAction("SET sys.To = 'there'").applyTo(original);

    assertThat(changed.properties().getTo()).isEqualTo("there");
    assertThat(original.properties().getTo()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET a", "SET a 1", "DROP a", "REMOVE", "SET a = 1 SET b = 2"})
  void anActionThatCannotBeReadIsRefused(String sql) {
    assertThatThrownBy(() -> new SqlAction(sql)).isInstanceOf(BadSql.class);
  }

  private static Message message() {
    Properties properties = new Properties();
    properties.setSubject("order");
    properties.setMessageId("id-1");
    return new Message(
        new Header(),
        Map.of(),
        properties,
        Map.of(
            "amount",
            42,
            "country",
            "de",
            "percent",
            "100%",
            "price",
            12.5,
            "urgent",
            true,
            "unsigned",
            UnsignedInteger.valueOf(7),
            "id",
            new UUID(0, 1)),
        new Binary(new byte[0]));
  }
}
