package dev.roost.emulator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object of the configuration file. It notes what is wrong with what it is asked for, and which
 * keys nobody asked for.
 */
final class ConfigNode {
  private final JsonNode json;
  private final String where;
  private final List<String> problems;
  private final Set<String> asked = new HashSet<>();

  /** {@code where} leads here, as {@code $.UserConfig}. */
  ConfigNode(JsonNode json, String where, List<String> problems) {
    this.json = json;
    this.where = where;
    this.problems = problems;
  }

  /** An object within; an empty one when it is not there. */
  ConfigNode object(String key) {
    return new ConfigNode(get(key), where + "." + key, problems);
  }

  /** The objects of a list within. */
  List<ConfigNode> list(String key) {
    List<ConfigNode> nodes = new ArrayList<>();
    JsonNode list = get(key);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      problem(key, "is a list");
    }
    for (JsonNode each : list) {
      nodes.add(new ConfigNode(each, where + "." + key + "[" + nodes.size() + "]", problems));
    }
    return nodes;
  }

  /** The name that every entity has. */
  String name() {
    return text("Name")
        .orElseGet(() -> {
          problem("Name", "is missing");
          return "?";
        });
  }

  /** Text; empty text counts as none. */
  Optional<String> text(String key) {
    return Optional.of(get(key))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty() && !text.equals("null"));
  }

  boolean flag(String key) {
    JsonNode value = get(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      problem(key, "is true or false, found " + value);
    }
    return value.asBoolean();
  }

  Optional<Integer> count(String key) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.canConvertToInt() || value.asInt() < 1) {
      problem(key, "is a number from 1, found " + value);
      return Optional.empty();
    }
    return Optional.of(value.asInt());
  }

  /** A duration as in ISO 8601. */
  Optional<Duration> duration(String key) {
    return text(key).flatMap(text -> duration(key, text));
  }

  private Optional<Duration> duration(String key, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isPositive()) {
        return Optional.of(duration);
      }
      problem(key, "is longer than nothing, found " + text);
    } catch (DateTimeParseException _) {
      problem(key, "is a duration as PT1M, found " + text);
    }
    return Optional.empty();
  }

  /** The keys of this object that nobody asked for. */
  List<String> unknown() {
    List<String> unknown = new ArrayList<>();
    for (String key : (Iterable<String>) json::fieldNames) {
      if (!asked.contains(key)) {
        unknown.add(where + "." + key);
      }
    }
    return unknown;
  }

  JsonNode json() {
    return json;
  }

  void problem(String key, String what) {
    problems.add(where + "." + key + " " + what);
  }

  private JsonNode get(String key) {
    asked.add(key);
    return json.path(key);
  }
}
