package dev.roost.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.emulator.rules.CorrelationFilter;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.SqlFilter;
import dev.roost.emulator.rules.SystemProperty;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path folder;

  @Test
  void entitiesHaveWhatTheFileSays() throws IOException {
    NamespaceConfig entities =
        read("""
        {"UserConfig": {
          "Namespaces": [{
            "Name": "sbemulatorns",
            "Queues": [{
              "Name": "orders",
              "Properties": {
                "DeadLetteringOnMessageExpiration": true,
                "DefaultMessageTimeToLive": "PT1H",
                "DuplicateDetectionHistoryTimeWindow": "PT20S",
                "ForwardDeadLetteredMessagesTo": "dead",
                "ForwardTo": "",
                "LockDuration": "PT30S",
                "MaxDeliveryCount": 3,
                "RequiresDuplicateDetection": true,
                "RequiresSession": true
              }
            }],
            "Topics": [{
              "Name": "events",
              "Properties": {"RequiresDuplicateDetection": false},
              "Subscriptions": [
                {"Name": "all", "Properties": {"MaxDeliveryCount": 5}},
                {"Name": "some", "Rules": [
                  {"Name": "r1", "Properties": {
                    "FilterType": "Correlation",
                    "CorrelationFilter": {
                      "Label": "subject1", "Properties": {"n": 3, "s": "x"}}}},
                  {"Name": "r2", "Properties": {
                    "FilterType": "Sql",
                    "SqlFilter": {"SqlExpression": "sys.MessageId = '1'"},
                    "Action": {"SqlExpression": "SET sys.To = 'E'"}}}]}]
            }]
          }],
          "Logging": {"Type": "File"}
        }}
        """)
            .entities();

    QueueConfig orders = entities.queues().getFirst();
    assertThat(orders)
        .isEqualTo(
            QueueConfig.queue("orders")
                .withSessions()
                .lockDuration(Duration.ofSeconds(30))
                .maxDeliveryCount(3)
                .timeToLive(Duration.ofHours(1))
                .deadLetterExpired()
                .duplicates(Duration.ofSeconds(20))
                .forwardDeadLettersTo("dead"));
    List<SubscriptionConfig> subscriptions = entities.topics().getFirst().subscriptions();
    assertThat(subscriptions.get(0).rules()).containsExactly(Rule.TAKES_ALL);
    assertThat(subscriptions.get(0).queue().locking().maxDeliveryCount()).isEqualTo(5);
    Rule first = subscriptions.get(1).rules().get(0);
    assertThat(first.filter())
        .isEqualTo(
            new CorrelationFilter(
                Map.of(SystemProperty.LABEL, "subject1"), Map.of("n", 3, "s", "x")));
    Rule second = subscriptions.get(1).rules().get(1);
    assertThat(second.filter()).isInstanceOf(SqlFilter.class).hasToString("sys.MessageId = '1'");
    assertThat(second.action().orElseThrow()).hasToString("SET sys.To = 'E'");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertThatThrownBy(() ->
            read(
                """
                {"UserConfig": {"Namespaces": [{"Queues": [
                  {"Name": "q", "Properties": {"LockDuration": "a minute", "MaxDeliveryCount": 0,
                    "RequiresSession": "yes"}},
                  {"Properties": {}}],
                 "Topics": [{"Name": "t", "Subscriptions": [{"Name": "s", "Rules": [
                   {"Name": "r", "Properties": {"FilterType": "Sql",
                     "SqlFilter": {"SqlExpression": "a ="}}},
                   {"Name": "x", "Properties": {"FilterType": "Other"}}]}]}]}]}}
                """))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("Config.json")
        .hasMessageContaining("Queues[0].Properties.LockDuration")
        .hasMessageContaining("a minute")
        .hasMessageContaining("MaxDeliveryCount")
        .hasMessageContaining("RequiresSession")
        .hasMessageContaining("Queues[1].Name is missing")
        .hasMessageContaining("SqlFilter.SqlExpression")
        .hasMessageContaining("found 'other'");
  }

  @Test
  void aKeyThatMeansNothingIsNamed() throws IOException {
    assertThat(
            read("""
            {"UserConfig": {"Namespaces": [{"Queues": [
              {"Name": "q", "Properties": {"Colour": "red"}}]}]}}
            """)
                .ignored())
        .containsExactly("$.UserConfig.Namespaces[0].Queues[0].Properties.Colour");
  }

  @Test
  void whatIsNoJsonIsSaidWithItsLine() {
    assertThatThrownBy(() -> read("{\n  \"UserConfig\" 1}"))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aFileWithoutNamespacesIsRefused() {
    assertThatThrownBy(() -> read("{}"))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("$.UserConfig.Namespaces");
  }

  @Test
  void aFileThatIsNotThereIsAnIoError() {
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.json")))
        .isInstanceOfAny(NoSuchFileException.class, FileNotFoundException.class);
  }

  private ConfigFile read(String json) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("Config.json"), json));
  }
}
