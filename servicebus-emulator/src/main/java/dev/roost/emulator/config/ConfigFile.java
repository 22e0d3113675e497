package dev.roost.emulator.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.emulator.rules.BadSql;
import dev.roost.emulator.rules.CorrelationFilter;
import dev.roost.emulator.rules.Everything;
import dev.roost.emulator.rules.Filter;
import dev.roost.emulator.rules.Nothing;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.SqlFilter;
import dev.roost.emulator.rules.SystemProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file of Microsoft's emulator, {@code Config.json}.
 *
 * @param entities what it names, in all of its namespaces
 * @param ignored keys that mean nothing here
 */
public record ConfigFile(NamespaceConfig entities, List<String> ignored) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /** Copies the list. */
  public ConfigFile {
    ignored = List.copyOf(ignored);
  }

  /**
   * Reads the file.
   *
   * @throws IOException when there is no such file
   * @throws BadConfig when something in it is wrong
   */
  public static ConfigFile read(Path file) throws IOException {
    Reader reader = new Reader();
    NamespaceConfig entities = reader.entities(parsed(file));
    if (!reader.problems.isEmpty()) {
      throw new BadConfig(file, reader.problems);
    }
    return new ConfigFile(entities, reader.ignored);
  }

  private static JsonNode parsed(Path file) throws IOException {
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonParseException e) {
      throw new BadConfig(
          file,
          List.of(
              "no JSON in line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage()));
    }
  }

  private static final class Reader {
    private final List<String> problems = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    NamespaceConfig entities(JsonNode json) {
      ConfigNode root = new ConfigNode(json, "$", problems);
      ConfigNode user = root.object("UserConfig");
      NamespaceConfig entities = NamespaceConfig.EMPTY;
      List<ConfigNode> namespaces = user.list("Namespaces");
      if (namespaces.isEmpty()) {
        user.problem("Namespaces", "names no namespace");
      }
      for (ConfigNode namespace : namespaces) {
        namespace.text("Name");
        for (ConfigNode queue : namespace.list("Queues")) {
          entities = entities.with(queue(queue));
        }
        for (ConfigNode topic : namespace.list("Topics")) {
          entities = entities.with(topic(topic));
        }
        ignored.addAll(namespace.unknown());
      }
      return entities;
    }

    private QueueConfig queue(ConfigNode node) {
      QueueConfig queue = QueueConfig.queue(node.name());
      ConfigNode properties = node.object("Properties");
      if (properties.flag("RequiresSession")) {
        queue = queue.withSessions();
      }
      if (properties.flag("DeadLetteringOnMessageExpiration")) {
        queue = queue.deadLetterExpired();
      }
      queue = properties.duration("LockDuration").map(queue::lockDuration).orElse(queue);
      queue = properties.count("MaxDeliveryCount").map(queue::maxDeliveryCount).orElse(queue);
      queue = properties.duration("DefaultMessageTimeToLive").map(queue::timeToLive).orElse(queue);
      queue = properties.text("ForwardTo").map(queue::forwardTo).orElse(queue);
      queue =
          properties
              .text("ForwardDeadLetteredMessagesTo")
              .map(queue::forwardDeadLettersTo)
              .orElse(queue);
      queue = duplicates(properties).map(queue::duplicates).orElse(queue);
      ignored.addAll(properties.unknown());
      return queue;
    }

    private Optional<Duration> duplicates(ConfigNode properties) {
      Optional<Duration> window = properties.duration("DuplicateDetectionHistoryTimeWindow");
      return properties.flag("RequiresDuplicateDetection")
          ? window.or(() -> Optional.of(Duration.ofMinutes(10)))
          : Optional.empty();
    }

    private TopicConfig topic(ConfigNode node) {
      TopicConfig topic = TopicConfig.topic(node.name());
      ConfigNode properties = node.object("Properties");
      topic = properties.duration("DefaultMessageTimeToLive").map(topic::timeToLive).orElse(topic);
      topic = duplicates(properties).map(topic::duplicates).orElse(topic);
      ignored.addAll(properties.unknown());
      for (ConfigNode subscription : node.list("Subscriptions")) {
        topic = topic.with(subscription(subscription));
      }
      return topic;
    }

    private SubscriptionConfig subscription(ConfigNode node) {
      SubscriptionConfig subscription = SubscriptionConfig.of(queue(node));
      for (ConfigNode rule : node.list("Rules")) {
        subscription = subscription.rule(rule(rule));
      }
      return subscription;
    }

    private Rule rule(ConfigNode node) {
      ConfigNode properties = node.object("Properties");
      Rule rule = Rule.of(node.name(), filter(properties));
      Optional<String> action = properties.object("Action").text("SqlExpression");
      try {
        return action.map(rule::action).orElse(rule);
      } catch (BadSql e) {
        properties.problem("Action.SqlExpression", String.valueOf(e.getMessage()));
        return rule;
      }
    }

    private Filter filter(ConfigNode properties) {
      String type = properties.text("FilterType").orElse("").toLowerCase(Locale.ROOT);
      return switch (type) {
        case "sql" -> sql(properties);
        case "correlation" -> correlation(properties.object("CorrelationFilter"));
        case "true", "truefilter" -> new Everything();
        case "false", "falsefilter" -> new Nothing();
        default -> {
          properties.problem("FilterType", "is Sql or Correlation, found '" + type + "'");
          yield new Nothing();
        }
      };
    }

    private Filter sql(ConfigNode properties) {
      try {
        return new SqlFilter(properties.object("SqlFilter").text("SqlExpression").orElse(""));
      } catch (BadSql e) {
        properties.problem("SqlFilter.SqlExpression", String.valueOf(e.getMessage()));
        return new Nothing();
      }
    }

    private static Filter correlation(ConfigNode node) {
      Map<SystemProperty, String> system = new EnumMap<>(SystemProperty.class);
      Map<String, Object> application = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.json().properties()) {
        if (entry.getKey().equals("Properties")) {
          entry
              .getValue()
              .properties()
              .forEach(property -> application.put(property.getKey(), value(property.getValue())));
        } else {
          SystemProperty.sql(entry.getKey())
              .ifPresentOrElse(
                  property -> system.put(property, entry.getValue().asText()),
                  () -> node.problem(entry.getKey(), "is no property of a correlation filter"));
        }
      }
      return new CorrelationFilter(system, application);
    }

    private static Object value(JsonNode node) {
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      return node.isNumber() ? node.numberValue() : node.asText();
    }
  }
}
