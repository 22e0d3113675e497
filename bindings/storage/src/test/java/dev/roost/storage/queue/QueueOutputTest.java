package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.OutgoingMessage;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class QueueOutputTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final QueueLab lab = new QueueLab();

  private OutputProvider.Output open(String queueName) throws BindingException {
    ObjectNode properties = JsonNodeFactory.instance.objectNode().put("queueName", queueName);
    var binding = new BindingDefinition("out", "queue", Direction.OUT, properties);
    return new QueueOutput().open(new BindingContext(lab.context().function(), binding, lab.host));
  }

  static Stream<Arguments> values() throws Exception {
    JsonNode order = JSON.readTree("{\"sku\":\"A\",\"lines\":[1,2.5],\"none\":[],\"no\":null}");
    String indented =
        """
        {
          "sku": "A",
          "lines": [
            1,
            2.5
          ],
          "none": [],
          "no": null
        }\
        """;
    byte[] bytes = "raw [1]".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of(new Payload.Text("plain"), List.of("plain")),
        Arguments.of(new Payload.Text(""), List.of("")),
        Arguments.of(new Payload.Text("[broken]"), List.of("[broken]")),
        Arguments.of(
            new Payload.Text(" [\"a\", 2, true, {\"b\":1}, null] "),
            List.of("a", "2", "true", "{\n  \"b\": 1\n}")),
        Arguments.of(new Payload.Text("[]"), List.of()),
        Arguments.of(new Payload.Text(order.toString()), List.of(indented)),
        Arguments.of(new Payload.Json(order), List.of(indented)),
        Arguments.of(new Payload.Json(JSON.readTree("[1,2]")), List.of("1", "2")),
        Arguments.of(new Payload.Json(JSON.readTree("7")), List.of("7")),
        Arguments.of(new Payload.Json(JSON.readTree("null")), List.of()),
        Arguments.of(new Payload.Bytes(bytes), List.of("raw [1]")),
        Arguments.of(
            new Payload.Stream(() -> new ByteArrayInputStream(bytes), bytes.length),
            List.of("raw [1]")),
        Arguments.of(
            new Payload.Batch(List.of(new Payload.Text("a"), new Payload.Text("b"))),
            List.of("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void makesMessagesOfAValue(Payload value, List<String> messages) throws Exception {
    lab.queue();

    open(lab.name).write(value, BindingData.EMPTY);

    assertThat(QueueLab.drain(lab.queue())).map(QueueLab::text).containsExactlyElementsOf(messages);
  }

  @Test
  void createsTheQueueWhenItIsMissing() throws Exception {
    open(lab.name).write(new Payload.Text("first"), BindingData.EMPTY);

    assertThat(QueueLab.drain(lab.queue())).map(QueueLab::text).containsExactly("first");
  }

  @Test
  void sendsTextAsItIsWithoutEncoding() throws Exception {
    lab.settings().put("messageEncoding", "none");

    open(lab.name).write(new Payload.Text("<a & b>"), BindingData.EMPTY);

    assertThat(QueueLab.drain(lab.queue()))
        .map(item -> item.getBody().toString())
        .containsExactly("<a & b>");
  }

  @Test
  void findsTheQueueByExpressionAndSetting() throws Exception {
    lab.host.values.put("PREFIX", "Lab");
    BindingData data =
        BindingData.builder().text("shop", lab.name.substring("lab-".length())).build();

    open("%PREFIX%-{shop}").write(new Payload.Text("x"), data);

    assertThat(QueueLab.drain(lab.queue())).hasSize(1);
  }

  @Test
  void sendsAComposedMessageAsOneWithItsDelayAndLife() throws Exception {
    lab.queue();
    var body = new Payload.Text("[1,2]");
    var later = new OutgoingMessage(body, Optional.of(Duration.ofMinutes(5)), Optional.empty());
    var forEver = new OutgoingMessage(body, Optional.empty(), Optional.of(Duration.ZERO));
    var brief = new OutgoingMessage(body, Optional.empty(), Optional.of(Duration.ofMinutes(10)));

    open(lab.name)
        .write(
            new Payload.Batch(
                Stream.of(later, forEver, brief).<Payload>map(Payload.Native::new).toList()),
            BindingData.EMPTY);

    List<QueueMessageItem> visible = QueueLab.drain(lab.queue());
    assertThat(visible).map(QueueLab::text).containsExactly("[1,2]", "[1,2]");
    assertThat(visible.get(0).getExpirationTime().getYear()).isEqualTo(9999);
    assertThat(visible.get(1).getExpirationTime())
        .isEqualTo(visible.get(1).getInsertionTime().plusMinutes(10));
    assertThat(QueueLab.count(lab.queue())).isEqualTo(3);
  }

  @Test
  void failsTheInvocationForANameThatIsNone() throws Exception {
    BindingData data = BindingData.builder().text("shop", "A B").build();

    assertThatThrownBy(() -> open("{shop}").write(new Payload.Text("x"), data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("queueName: 'A B' is not a name for a queue");
    assertThatThrownBy(() -> open("no--queue"))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("'no--queue' is not a name for a queue");
  }

  @Test
  void failsTheInvocationWhenTheServiceRefuses() throws Exception {
    Payload tooLong = new Payload.Text("x".repeat(100_000));

    assertThatThrownBy(() -> open(lab.name).write(tooLong, BindingData.EMPTY))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not send to queue '" + lab.name + "': 4");
  }
}
