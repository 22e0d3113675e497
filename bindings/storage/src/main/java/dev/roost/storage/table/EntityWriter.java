package dev.roost.storage.table;

import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableErrorCode;
import com.azure.data.tables.models.TableServiceException;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.roost.storage.account.StorageFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes entities: a single one by itself, several in transactions of at most a hundred of one
 * partition. The table is created when it is missing.
 */
final class EntityWriter {
  /** Azure's bound on a transaction. */
  private static final int MOST = 100;

  private final TableServiceClient account;
  private final TableClient table;

  EntityWriter(TableServiceClient account, String table) {
    this.account = account;
    this.table = account.getTableClient(table);
  }

  /**
   * One entity to write.
   *
   * @param entity with its keys
   * @param etag empty to insert, {@code *} to insert or replace, else the version to replace
   */
  record Change(TableEntity entity, String etag) {}

  String table() {
    return table.getTableName();
  }

  /** The properties of a stored entity; empty when there is none. */
  Map<String, Object> stored(String partitionKey, String rowKey) throws IOException {
    try {
      return StorageFault.call(
          "read an entity of table '" + table() + "'",
          () -> table.getEntity(partitionKey, rowKey).getProperties());
    } catch (StorageFault e) {
      if (e.status() == 404) {
        return Map.of();
      }
      throw e;
    }
  }

  void write(List<Change> changes) throws IOException {
    Map<String, List<Change>> partitions = new LinkedHashMap<>();
    for (Change change : changes) {
      partitions
          .computeIfAbsent(change.entity().getPartitionKey(), _ -> new ArrayList<>())
          .add(change);
    }
    for (List<Change> partition : partitions.values()) {
      writePartition(partition);
    }
  }

  /** A row may be in a transaction once: a second change of it begins the next one. */
  private void writePartition(List<Change> changes) throws IOException {
    List<Change> open = new ArrayList<>();
    Set<String> rows = new HashSet<>();
    for (Change change : changes) {
      String row = change.entity().getRowKey();
      if (rows.contains(row) || open.size() == MOST) {
        submit(open);
        open.clear();
        rows.clear();
      }
      open.add(change);
      rows.add(row);
    }
    submit(open);
  }

  private void submit(List<Change> changes) throws IOException {
    try {
      submitOnce(changes);
    } catch (StorageFault e) {
      if (!tableIsMissing(e)) {
        throw e;
      }
      StorageFault.call(
          "create table '" + table() + "'", () -> account.createTableIfNotExists(table()));
      submitOnce(changes);
    }
  }

  /** The part of a transaction that failed has no status of its own. */
  private static boolean tableIsMissing(StorageFault fault) {
    return fault.getCause() instanceof TableServiceException answer
        && answer.getValue() != null
        && TableErrorCode.TABLE_NOT_FOUND.equals(answer.getValue().getErrorCode());
  }

  private void submitOnce(List<Change> changes) throws IOException {
    if (changes.size() == 1) {
      writeOne(changes.getFirst());
    } else if (!changes.isEmpty()) {
      List<TableTransactionAction> actions = changes.stream().map(EntityWriter::action).toList();
      StorageFault.call(
          "write " + changes.size() + " entities to table '" + table() + "'",
          () -> table.submitTransaction(actions));
    }
  }

  private void writeOne(Change change) throws IOException {
    TableEntity entity = change.entity();
    StorageFault.call(
        "write an entity to table '" + table() + "'",
        () -> {
          switch (change.etag()) {
            case "" -> table.createEntity(entity);
            case "*" ->
                table.upsertEntityWithResponse(
                    entity, TableEntityUpdateMode.REPLACE, null, Context.NONE);
            default -> {
              setEtag(entity, change.etag());
              table.updateEntityWithResponse(
                  entity, TableEntityUpdateMode.REPLACE, true, null, Context.NONE);
            }
          }
        });
  }

  private static TableTransactionAction action(Change change) {
    return switch (change.etag()) {
      case "" -> new TableTransactionAction(TableTransactionActionType.CREATE, change.entity());
      case "*" ->
          new TableTransactionAction(TableTransactionActionType.UPSERT_REPLACE, change.entity());
      default -> {
        setEtag(change.entity(), change.etag());
        yield new TableTransactionAction(
            TableTransactionActionType.UPDATE_REPLACE, change.entity(), true);
      }
    };
  }

  private static void setEtag(TableEntity entity, String etag) {
    entity.addProperty(EntityJson.ETAG, etag);
  }
}
