package dev.roost.host.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Lays settings such as {@code extensions__queues__batchSize=4} over host.json: keys without regard
 * to case, array elements by index. Values become numbers and booleans where they look like such.
 */
final class Overrides {
  private static final int LARGEST_INDEX = 1_000;
  private final ObjectNode root;

  Overrides(ObjectNode root) {
    this.root = root;
  }

  void set(String path, String value) {
    set(root, Arrays.asList(path.split("__")), scalar(value));
  }

  private static void set(ObjectNode parent, List<String> path, JsonNode value) {
    String key = present(parent, path.getFirst());
    if (path.size() == 1) {
      parent.set(key, value);
      return;
    }
    List<String> rest = path.subList(1, path.size());
    JsonNode child = parent.get(key);
    if (isIndex(rest.getFirst())) {
      ArrayNode array = child instanceof ArrayNode existing ? existing : parent.putArray(key);
      int index = Integer.parseInt(rest.getFirst());
      while (array.size() <= index && index < LARGEST_INDEX) {
        array.addNull();
      }
      if (rest.size() == 1 && index < LARGEST_INDEX) {
        array.set(index, value);
      }
    } else {
      set(child instanceof ObjectNode object ? object : parent.putObject(key), rest, value);
    }
  }

  private static String present(ObjectNode parent, String name) {
    for (Map.Entry<String, JsonNode> property : parent.properties()) {
      if (property.getKey().equalsIgnoreCase(name)) {
        return property.getKey();
      }
    }
    return name;
  }

  private static boolean isIndex(String part) {
    return !part.isEmpty() && part.length() < 5 && part.chars().allMatch(Character::isDigit);
  }

  private JsonNode scalar(String value) {
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return root.booleanNode(Boolean.parseBoolean(value));
    }
    if (value.matches("-?\\d{1,9}")) {
      return root.numberNode(Integer.parseInt(value));
    }
    return root.textNode(value);
  }
}
