package dev.roost.host.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.config.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The keys of one scope in the official host's JSON. What we do not know in it is kept when it is
 * written again. Immutable.
 */
final class KeyDocument {
  static final KeyDocument EMPTY = new KeyDocument(JsonNodeFactory.instance.objectNode());

  private final ObjectNode root;

  private KeyDocument(ObjectNode root) {
    this.root = root;
  }

  /**
   * Reads a document.
   *
   * @param where named in the error, which repeats nothing of the text
   */
  static KeyDocument parse(String text, String where) throws IOException {
    try {
      if (Json.read(text) instanceof ObjectNode object) {
        return new KeyDocument(object);
      }
      throw new IOException(where + " is not a JSON object");
    } catch (JsonProcessingException e) {
      // The parser's own message may quote what it stumbled over.
      throw new IOException(
          where + " is not valid JSON (line " + e.getLocation().getLineNr() + ")");
    }
  }

  /** The keys of a kind that can be compared with what a caller presents. */
  List<Key> keys(KeyKind kind) {
    return entries(kind).stream()
        .filter(entry -> !isEncrypted(entry))
        .map(entry -> new Key(name(entry), entry.path("value").asText("")))
        .filter(key -> !key.value().isEmpty())
        .toList();
  }

  /** The names of keys that only Azure's own host can decrypt. */
  List<String> encrypted(KeyKind kind) {
    return entries(kind).stream().filter(KeyDocument::isEncrypted).map(KeyDocument::name).toList();
  }

  /** True when there is a key of this kind, be it encrypted. */
  boolean has(KeyKind kind) {
    return !entries(kind).isEmpty();
  }

  boolean has(KeyKind kind, String name) {
    return entries(kind).stream().anyMatch(entry -> name(entry).equalsIgnoreCase(name));
  }

  /** With this key instead of the one of its name, if there was one. */
  KeyDocument with(KeyKind kind, Key key) {
    ObjectNode changed = root.deepCopy();
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("name", key.name()).put("value", key.value()).put("encrypted", false);
    if (kind == KeyKind.MASTER) {
      changed.set(kind.property(), entry);
    } else {
      ArrayNode rest = others(kind, key.name());
      rest.add(entry);
      changed.set(kind.property(), rest);
    }
    return new KeyDocument(changed);
  }

  KeyDocument without(KeyKind kind, String name) {
    ObjectNode changed = root.deepCopy();
    changed.set(kind.property(), others(kind, name));
    return new KeyDocument(changed);
  }

  /** As it is stored, with who wrote it. */
  String text(KeyScope scope, String hostName, String instanceId) {
    ObjectNode complete = root.deepCopy();
    if (scope.isHost()) {
      complete.withArrayProperty(KeyKind.HOST.property());
      complete.withArrayProperty(KeyKind.SYSTEM.property());
    }
    complete.put("hostName", hostName).put("instanceId", instanceId).put("source", "runtime");
    if (!complete.has("decryptionKeyId")) {
      complete.put("decryptionKeyId", "");
    }
    return complete.toPrettyString();
  }

  private ArrayNode others(KeyKind kind, String name) {
    ArrayNode rest = JsonNodeFactory.instance.arrayNode();
    entries(kind).stream().filter(entry -> !name(entry).equalsIgnoreCase(name)).forEach(rest::add);
    return rest;
  }

  private List<JsonNode> entries(KeyKind kind) {
    JsonNode node = find(kind.property()).orElse(JsonNodeFactory.instance.arrayNode());
    if (node.isObject()) {
      return List.of(node);
    }
    List<JsonNode> entries = new ArrayList<>();
    node.forEach(entries::add);
    return entries;
  }

  private Optional<JsonNode> find(String property) {
    return StreamSupport.stream(root.properties().spliterator(), false)
        .filter(entry -> entry.getKey().equalsIgnoreCase(property))
        .map(java.util.Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isEncrypted(JsonNode entry) {
    return entry.path("encrypted").asBoolean(false);
  }

  private static String name(JsonNode entry) {
    return entry.path("name").asText("");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyDocument document && root.equals(document.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return "KeyDocument";
  }
}
