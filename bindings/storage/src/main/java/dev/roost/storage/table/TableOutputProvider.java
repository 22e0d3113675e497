package dev.roost.storage.table;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.PlainJson;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code table} output: one JSON object or an array of them. An entity without {@code
 * odata.etag} is inserted, with {@code *} it is inserted or replaced, with any other it replaces
 * that version. Keys in the value win over the binding's. Rules as in the WebJobs tables extension.
 */
public final class TableOutputProvider implements OutputProvider {

  @Override
  public Set<String> types() {
    return Set.of("table");
  }

  @Override
  public Output open(BindingContext context) throws BindingException {
    TableServiceClient account = StorageAccounts.of(context.host()).of(context).tables();
    HostClock clock = context.host().clock();
    TableName table = TableName.of(context);
    Optional<Template> partition = TableInputProvider.template(context, "partitionKey");
    Optional<Template> row = TableInputProvider.template(context, "rowKey");
    return (value, data) -> {
      EntityWriter writer = new EntityWriter(account, table.render(data, clock));
      String defaultPartition = render(partition, data, clock);
      String defaultRow = render(row, data, clock);
      List<JsonNode> entities = new ArrayList<>();
      collect(value, entities);
      List<EntityWriter.Change> changes = new ArrayList<>();
      for (JsonNode entity : entities) {
        changes.add(change(writer, entity, defaultPartition, defaultRow));
      }
      writer.write(changes);
    };
  }

  private static @Nullable String render(
      Optional<Template> template, BindingData data, HostClock clock) throws IOException {
    return template.isPresent() ? template.get().render(data, clock) : null;
  }

  private static void collect(Payload value, List<JsonNode> into) throws IOException {
    switch (value) {
      case Payload.Json json -> collect(json.value(), into);
      case Payload.Text text -> collect(parse(text.value()), into);
      case Payload.Bytes bytes ->
          collect(parse(new String(bytes.value(), StandardCharsets.UTF_8)), into);
      case Payload.Batch batch -> {
        for (Payload item : batch.items()) {
          collect(item, into);
        }
      }
      case Payload.Empty _ -> {}
      case Payload.Stream _, Payload.Native _, Payload.Broken _ ->
          throw notAnEntity("a stream or another object");
    }
  }

  private static void collect(JsonNode value, List<JsonNode> into) throws IOException {
    if (value.isArray()) {
      for (JsonNode item : value) {
        collect(item, into);
      }
    } else if (value.isObject()) {
      into.add(value);
    } else if (value.isTextual()) {
      collect(parse(value.textValue()), into);
    } else if (!value.isNull()) {
      throw notAnEntity(value.getNodeType().name().toLowerCase(Locale.ROOT));
    }
  }

  private static JsonNode parse(String text) throws IOException {
    try {
      JsonNode value = PlainJson.MAPPER.readTree(text);
      if (value.isContainerNode()) {
        return value;
      }
    } catch (JsonProcessingException _) {
      // told below, without the text: it may be secret
    }
    throw notAnEntity("a text that is no JSON object or array");
  }

  private static IOException notAnEntity(String found) {
    return new IOException(
        "A table output got "
            + found
            + ". Return an object with PartitionKey and RowKey, or a list of such.");
  }

  private static EntityWriter.Change change(
      EntityWriter writer, JsonNode json, @Nullable String partition, @Nullable String row)
      throws IOException {
    String partitionKey = key(json, "PartitionKey", partition);
    String rowKey = key(json, "RowKey", row);
    String etag = json.path(EntityJson.ETAG).asText("");
    TableEntity entity = new TableEntity(partitionKey, rowKey);
    Map<String, Object> stored = etag.isEmpty() ? Map.of() : writer.stored(partitionKey, rowKey);
    try {
      EntityJson.fill(entity, json, stored);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "An entity for table '" + writer.table() + "' can't be written: " + e.getMessage(), e);
    }
    return new EntityWriter.Change(entity, etag);
  }

  private static String key(JsonNode json, String name, @Nullable String fallback)
      throws IOException {
    Optional<String> own =
        json.properties().stream()
            .filter(property -> property.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .filter(JsonNode::isValueNode)
            .filter(value -> !value.isNull())
            .map(JsonNode::asText)
            .findFirst();
    String key = own.orElse(fallback);
    if (key == null) {
      throw new IOException(
          "An entity has no "
              + name
              + ". Set it in the value, or give the table output a "
              + Character.toLowerCase(name.charAt(0))
              + name.substring(1)
              + ".");
    }
    if (key.chars().anyMatch(c -> "/\\#?".indexOf(c) >= 0 || Character.isISOControl(c))) {
      throw new IOException(
          "An entity has a "
              + name
              + " with a character that Azure does not allow: one of / \\ # ?"
              + " or a control character. Use another key.");
    }
    return key;
  }
}
