package dev.roost.host.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a local.settings.json adds to the environment. Its {@code Values} become variables where the
 * environment has none, its {@code ConnectionStrings} become {@code ConnectionStrings__NAME}, and
 * {@code Host} settings become {@code Host__NAME}.
 */
public final class LocalSettings {
  /** In a process that took these settings as its own: their names. */
  private static final String TAKEN = "ROOST_LOCAL_SETTINGS";

  private LocalSettings() {}

  /** The names of the variables that came from a local.settings.json, in a set of its own. */
  public static Set<String> taken(Map<String, String> environment) {
    return environment
        .getOrDefault(TAKEN, "")
        .lines()
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The variable that tells a process which of its variables came from a local.settings.json. */
  public static Map<String, String> mark(Set<String> names) {
    return names.isEmpty() ? Map.of() : Map.of(TAKEN, String.join("\n", names));
  }

  /** The variables of one file; a mistake is told to {@code problems} and leaves its part out. */
  public static Map<String, String> read(Path file, Consumer<Problem> problems) {
    JsonNode root;
    try {
      root = Json.read(Files.readString(file));
    } catch (JsonProcessingException e) {
      problems.accept(
          new Problem(
              file.toString(),
              "",
              "is not valid JSON (" + Json.where(e) + ")",
              "Correct it there, or delete the file to run with the environment alone."));
      return Map.of();
    } catch (IOException e) {
      problems.accept(
          new Problem(file.toString(), "", "can't be read (" + e + ")", "Make the file readable."));
      return Map.of();
    }
    if (!root.isObject()) {
      problems.accept(
          new Problem(
              file.toString(),
              "",
              root.isMissingNode() ? "is empty" : "is not a JSON object",
              "Begin it with {\"IsEncrypted\": false, \"Values\": {}}."));
      return Map.of();
    }
    if (root.path("IsEncrypted").asBoolean()) {
      problems.accept(
          new Problem(
              file.toString(),
              "IsEncrypted",
              "the values are encrypted for Core Tools, which this host can't read",
              "Run 'func settings decrypt' and set IsEncrypted to false."));
      return Map.of();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    copy(file, root, "Values", "", variables, problems);
    copy(file, root, "ConnectionStrings", "ConnectionStrings__", variables, problems);
    copy(file, root, "Host", "Host__", variables, problems);
    return variables;
  }

  private static void copy(
      Path file,
      JsonNode root,
      String section,
      String prefix,
      Map<String, String> variables,
      Consumer<Problem> problems) {
    JsonNode values = root.path(section);
    if (!values.isObject() && !values.isMissingNode() && !values.isNull()) {
      problems.accept(
          new Problem(
              file.toString(),
              section,
              "is not an object but " + kind(values),
              "Write settings as \"" + section + "\": {\"NAME\": \"value\"}."));
    }
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      JsonNode node = value.getValue();
      if (section.equals("ConnectionStrings") && node.has("ConnectionString")) {
        node = node.get("ConnectionString");
      }
      if (node.isContainerNode()) {
        problems.accept(
            new Problem(
                file.toString(),
                section + "." + value.getKey(),
                "is not a text but " + kind(node),
                "Write settings as NAME: \"value\"; nested settings as PART__NAME."));
      } else if (!node.isNull()) {
        variables.put(prefix + value.getKey(), node.asText());
      }
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      default -> node.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  /** What {@code local} adds where {@code environment} says nothing, in the same order. */
  public static Map<String, String> additions(
      Map<String, String> local, Map<String, String> environment) {
    List<String> present = environment.keySet().stream().map(String::toLowerCase).toList();
    Map<String, String> additions = new LinkedHashMap<>();
    local.forEach((name, value) -> {
      if (!present.contains(name.toLowerCase(Locale.ROOT))) {
        additions.put(name, value);
      }
    });
    return additions;
  }
}
