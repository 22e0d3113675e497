package dev.roost.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.InputProvider;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableBindingTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final TestHost host = new TestHost();
  private final TableServiceClient account =
      new TableServiceClientBuilder()
          .connectionString(Azurite.shared().connectionString())
          .buildClient();
  private final String name = "t" + UUID.randomUUID().toString().replace("-", "");
  private final TableClient table = account.getTableClient(name);
  private final BindingData data =
      BindingData.builder().text("id", "7").text("who", "O'Neil").build();

  @BeforeEach
  void open() {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
  }

  @AfterEach
  void close() throws Exception {
    host.closeShared();
  }

  private static BindingDefinition binding(Direction direction, String... properties) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < properties.length; i += 2) {
      node.put(properties[i], properties[i + 1]);
    }
    return new BindingDefinition("row", "table", direction, node);
  }

  private InputProvider.Input input(String... properties) throws BindingException {
    return new TableInputProvider().open(host.context("Rows", binding(Direction.IN, properties)));
  }

  private OutputProvider.Output output(String... properties) throws BindingException {
    return new TableOutputProvider().open(host.context("Rows", binding(Direction.OUT, properties)));
  }

  private static Payload json(String text) throws IOException {
    return new Payload.Json(JSON.readTree(text));
  }

  private static JsonNode read(InputProvider.Input input, BindingData data) throws IOException {
    return ((Payload.Json) input.read(data)).value();
  }

  private void rows(String partition, int count) {
    account.createTableIfNotExists(name);
    IntStream.range(0, count)
        .forEach(i ->
            table.createEntity(
                new TableEntity(partition, "%04d".formatted(i)).addProperty("n", i)));
  }

  @Test
  void readsOneEntityWithEveryKindOfProperty() throws Exception {
    account.createTableIfNotExists(name);
    table.createEntity(
        new TableEntity("p", "7")
            .addProperty("text", "grüß")
            .addProperty("int", 42)
            .addProperty("long", 1L << 40)
            .addProperty("double", 1.5)
            .addProperty("flag", true)
            .addProperty("time", OffsetDateTime.parse("2026-01-02T03:04:05Z"))
            .addProperty("guid", UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"))
            .addProperty("binary", new byte[] {1, 2, 3}));
    JsonNode entity = read(input("tableName", name, "partitionKey", "p", "rowKey", "{id}"), data);
    assertThat(entity.path("PartitionKey").asText()).isEqualTo("p");
    assertThat(entity.path("RowKey").asText()).isEqualTo("7");
    assertThat(entity.path("text")).isEqualTo(JSON.readTree("\"grüß\""));
    assertThat(entity.path("int")).isEqualTo(JSON.readTree("42"));
    assertThat(entity.path("long")).isEqualTo(JSON.readTree("1099511627776"));
    assertThat(entity.path("double")).isEqualTo(JSON.readTree("1.5"));
    assertThat(entity.path("flag")).isEqualTo(JSON.readTree("true"));
    assertThat(entity.path("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(entity.path("guid").asText()).isEqualTo("6f9619ff-8b86-d011-b42d-00c04fc964ff");
    assertThat(entity.path("binary").asText()).isEqualTo("AQID");
    assertThat(entity.path("Timestamp").asText()).startsWith("20").endsWith("Z");
    assertThat(entity.path("odata.etag").asText()).isNotBlank();
  }

  @Test
  void givesNothingForAMissingEntityOrTable() throws Exception {
    String[] one = {"tableName", name, "partitionKey", "p", "rowKey", "r"};
    assertThat(input(one).read(data)).isEqualTo(Payload.EMPTY);
    account.createTableIfNotExists(name);
    assertThat(input(one).read(data)).isEqualTo(Payload.EMPTY);
  }

  @Test
  void listsNothingOfAMissingTable() throws Exception {
    assertThat(read(input("tableName", name), data)).isEmpty();
  }

  @Test
  void listsByPartitionFilterAndTake() throws Exception {
    rows("a", 5);
    rows("O'Neil", 4);
    assertThat(read(input("tableName", name), data)).hasSize(9);
    assertThat(read(input("tableName", name, "partitionKey", "a"), data)).hasSize(5);
    assertThat(read(input("tableName", name, "partitionKey", "{who}"), data)).hasSize(4);
    assertThat(
            read(input("tableName", name, "partitionKey", "a", "filter", "n lt 1 or n eq 3"), data))
        .extracting(entity -> entity.path("RowKey").asText())
        .containsExactly("0000", "0003");
    assertThat(read(input("tableName", name, "filter", "PartitionKey eq '{who}'"), data))
        .hasSize(4);
    assertThat(read(input("tableName", name, "take", "3"), data)).hasSize(3);
    assertThat(read(input("tableName", name, "filter", "n lt {id}", "take", "0"), data)).hasSize(9);
  }

  @Test
  void listsMoreThanOnePage() throws Exception {
    account.createTableIfNotExists(name);
    var writer = output("tableName", name, "partitionKey", "p");
    var many = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, 1005)
        .forEach(i -> many.addObject().put("RowKey", "%05d".formatted(i)).put("n", i));
    writer.write(new Payload.Json(many), data);
    assertThat(read(input("tableName", name), data)).hasSize(1005);
    assertThat(read(input("tableName", name, "take", "1003"), data)).hasSize(1003);
  }

  @Test
  void keepsAStrangersValueOutOfTheQuerysLanguage() throws Exception {
    rows("a", 1);
    BindingData evil = BindingData.builder().text("v", "x' or n ge 0 or RowKey eq 'x").build();
    assertThat(read(input("tableName", name, "filter", "RowKey eq '{v}'"), evil)).isEmpty();
    assertThatThrownBy(() -> input("tableName", name, "filter", "n eq {v}").read(evil))
        .hasMessageContaining("Put the expression between single quotes");
  }

  @Test
  void insertsOneEntityAndCreatesTheTable() throws Exception {
    output("tableName", name, "partitionKey", "p", "rowKey", "{id}")
        .write(
            json(
                """
                {"text": "x", "whole": 3, "large": 1099511627776, "real": 2.5, "flag": false,
                 "time": "2026-01-02T03:04:05Z", "nothing": null, "list": [1], "object": {"a": 1}}
                """),
            data);
    var stored = table.getEntity("p", "7").getProperties();
    assertThat(stored)
        .containsEntry("text", "x")
        .containsEntry("whole", 3L)
        .containsEntry("large", 1099511627776L)
        .containsEntry("real", 2.5)
        .containsEntry("flag", false)
        .containsEntry("time", OffsetDateTime.parse("2026-01-02T03:04:05Z"))
        .containsEntry("list", "[1]")
        .containsEntry("object", "{\"a\":1}")
        .doesNotContainKey("nothing");
  }

  @Test
  void writesTheTypesThatTheValueAsksFor() throws Exception {
    output("tableName", name, "partitionKey", "p", "rowKey", "r")
        .write(
            json(
                """
                {"i": 3, "i@odata.type": "Edm.Int32", "g": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
                 "g@odata.type": "Edm.Guid", "b": "AQID", "b@odata.type": "Edm.Binary",
                 "s": "2026-01-02T03:04:05Z", "s@odata.type": "Edm.String",
                 "l": "5", "l@odata.type": "Edm.Int64", "d": "2.5", "d@odata.type": "Edm.Double"}
                """),
            data);
    assertThat(table.getEntity("p", "r").getProperties())
        .containsEntry("i", 3)
        .containsEntry("g", UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"))
        .containsEntry("b", new byte[] {1, 2, 3})
        .containsEntry("s", "2026-01-02T03:04:05Z")
        .containsEntry("l", 5L)
        .containsEntry("d", 2.5);
  }

  @Test
  void writesBackWhatItReadWithItsTypes() throws Exception {
    account.createTableIfNotExists(name);
    table.createEntity(
        new TableEntity("p", "r")
            .addProperty("i", 3)
            .addProperty("guid", UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"))
            .addProperty("text", "2026-01-02T03:04:05Z")
            .addProperty("binary", new byte[] {9}));
    var one = input("tableName", name, "partitionKey", "p", "rowKey", "r");
    ObjectNode entity = (ObjectNode) read(one, data);
    entity.put("i", 4).put("added", 1);
    output("tableName", name).write(new Payload.Json(entity), data);
    assertThat(table.getEntity("p", "r").getProperties())
        .containsEntry("i", 4)
        .containsEntry("added", 1L)
        .containsEntry("guid", UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"))
        .containsEntry("text", "2026-01-02T03:04:05Z")
        .containsEntry("binary", new byte[] {9});
    assertThatThrownBy(() -> output("tableName", name).write(new Payload.Json(entity), data))
        .as("the version that was read is gone")
        .hasMessageContaining("412");
  }

  @Test
  void insertsOnlyOnceButReplacesWhenAsked() throws Exception {
    var out = output("tableName", name, "partitionKey", "p", "rowKey", "r");
    out.write(json("{\"a\": 1, \"b\": 1}"), data);
    assertThatThrownBy(() -> out.write(json("{\"a\": 2}"), data)).hasMessageContaining("409");
    out.write(json("{\"a\": 3, \"odata.etag\": \"*\"}"), data);
    assertThat(table.getEntity("p", "r").getProperties())
        .containsEntry("a", 3L)
        .doesNotContainKey("b");
  }

  @Test
  void writesManyOverPartitionsAndFromText() throws Exception {
    output("tableName", name, "partitionKey", "p")
        .write(
            new Payload.Text(
                """
                [{"rowKey": "1"}, {"PartitionKey": "q", "RowKey": "1"}, {"RowKey": "2"}]
                """),
            data);
    output("tableName", name, "partitionKey", "p")
        .write(
            new Payload.Batch(
                List.of(json("{\"RowKey\": \"3\"}"), new Payload.Text("{\"RowKey\": 4}"))),
            data);
    assertThat(StreamSupport.stream(table.listEntities().spliterator(), false))
        .extracting(entity -> entity.getPartitionKey() + entity.getRowKey())
        .containsExactlyInAnyOrder("p1", "q1", "p2", "p3", "p4");
  }

  @Test
  void writesARowTwiceInOrder() throws Exception {
    output("tableName", name, "partitionKey", "p", "rowKey", "r")
        .write(
            json(
                "[{\"a\": 1, \"odata.etag\": \"*\"}, {\"x\": 0, \"RowKey\": \"s\"},"
                    + " {\"a\": 2, \"odata.etag\": \"*\"}]"),
            data);
    assertThat(table.getEntity("p", "r").getProperties()).containsEntry("a", 2L);
    assertThat(table.getEntity("p", "s").getProperties()).containsEntry("x", 0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"RowKey": "1"}                                | An entity has no PartitionKey. Set it in
          {"PartitionKey": "1"}                          | An entity has no RowKey.
          {"PartitionKey": "a/b", "RowKey": "1"}         | An entity has a PartitionKey with a character
          3                                              | A table output got number. Return an object
          "text"                                         | A table output got a text that is no JSON
          {"PartitionKey": "1", "RowKey": "1", "i": "x", "i@odata.type": "Edm.Int32"} | An entity for table
          """)
  void refusesAValueThatIsNoEntity(String value, String message) throws Exception {
    var out = output("tableName", name);
    assertThatThrownBy(() -> out.write(json(value), data))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> table.getEntity("1", "1")).isInstanceOf(HttpResponseException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          my-table |   | 0  | tableName: 'my-table' is not a table's name.
          ab       |   | 0  | tableName: 'ab' is not a table's name.
          rows     | r | 0  | rowKey: the table binding 'row' has a rowKey but no partitionKey.
          rows     |   | x  | take: 'x' is not a number of entities.
          rows     |   | -1 | take: '-1' is not a number of entities.
          """)
  void refusesABindingThatCannotWork(String table, String row, String take, String message) {
    assertThatThrownBy(
            () -> input("tableName", table, "rowKey", row == null ? "" : row, "take", take))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith(message);
  }
}
