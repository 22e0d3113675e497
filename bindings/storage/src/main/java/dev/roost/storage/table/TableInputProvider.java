package dev.roost.storage.table;

import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.InputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code table} input: with {@code partitionKey} and {@code rowKey} one entity, or nothing when
 * there is none; otherwise a list, narrowed by {@code partitionKey}, {@code filter} and {@code
 * take}. A missing table is an empty one.
 */
public final class TableInputProvider implements InputProvider {
  @Override
  public Set<String> types() {
    return Set.of("table");
  }

  @Override
  public Input open(BindingContext context) throws BindingException {
    TableServiceClient account = StorageAccounts.of(context.host()).of(context).tables();
    HostClock clock = context.host().clock();
    TableName table = TableName.of(context);
    Optional<Template> partition = template(context, "partitionKey");
    Optional<Template> row = template(context, "rowKey");
    if (row.isPresent() && partition.isEmpty()) {
      throw new BindingException(
          "rowKey",
          "the table binding '" + context.binding().name() + "' has a rowKey but no partitionKey",
          "Give both for one entity, or neither for a list.");
    }
    if (row.isPresent()) {
      Template of = partition.orElseThrow();
      return data ->
          one(
              account.getTableClient(table.render(data, clock)),
              of.render(data, clock),
              row.get().render(data, clock));
    }
    Query query = new Query(partition, template(context, "filter"), take(context), clock);
    return data -> query.run(account.getTableClient(table.render(data, clock)), data);
  }

  static Optional<Template> template(BindingContext context, String key) throws BindingException {
    return context.binding().text(key).isPresent()
        ? Optional.of(Template.of(context, key))
        : Optional.empty();
  }

  private static int take(BindingContext context) throws BindingException {
    String text = context.optional("take", "0");
    try {
      int take = Integer.parseInt(text.trim());
      if (take >= 0) {
        return take;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new BindingException(
        "take",
        "'" + text + "' is not a number of entities",
        "Write a whole number, or 0 for all.");
  }

  private static Payload one(TableClient table, String partition, String row) throws IOException {
    try {
      TableEntity entity =
          StorageFault.call(
              "read entity '"
                  + partition
                  + "', '"
                  + row
                  + "' of table '"
                  + table.getTableName()
                  + "'",
              () -> table.getEntity(partition, row));
      return new Payload.Json(EntityJson.of(entity));
    } catch (StorageFault e) {
      if (e.status() == 404) {
        return Payload.EMPTY;
      }
      throw e;
    }
  }

  private record Query(
      Optional<Template> partition, Optional<Template> filter, int take, HostClock clock) {

    Payload run(TableClient table, BindingData data) throws IOException {
      ListEntitiesOptions options = new ListEntitiesOptions();
      filter(data).ifPresent(options::setFilter);
      if (take > 0 && take <= 1000) {
        options.setTop(take);
      }
      ArrayNode entities = JsonNodeFactory.instance.arrayNode();
      try {
        StorageFault.call(
            "list table '" + table.getTableName() + "'",
            () ->
                table.listEntities(options, null, Context.NONE).stream()
                    .limit(take > 0 ? take : Long.MAX_VALUE)
                    .map(EntityJson::of)
                    .forEach(entities::add));
      } catch (StorageFault e) {
        if (e.status() != 404) {
          throw e;
        }
      }
      return new Payload.Json(entities);
    }

    private Optional<String> filter(BindingData data) throws IOException {
      List<String> parts = new ArrayList<>();
      if (partition.isPresent()) {
        String key = partition.get().render(data, clock);
        parts.add("PartitionKey eq '" + key.replace("'", "''") + "'");
      }
      if (filter.isPresent()) {
        String own = filter.get().render(data, clock, FilterQuoting.INSTANCE);
        parts.add(parts.isEmpty() ? own : "(" + own + ")");
      }
      return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", parts));
    }
  }
}
