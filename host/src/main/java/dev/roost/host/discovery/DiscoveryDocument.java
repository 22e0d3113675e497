package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.config.Json;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link Discovery} without rejected functions as JSON. */
public final class DiscoveryDocument {
  private DiscoveryDocument() {}

  /** The functions as text. */
  public static String write(Discovery discovery) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (FunctionDefinition function : discovery.functions()) {
      ObjectNode node = root.withArray("/functions").addObject();
      node.put("name", function.name())
          .put("scriptFile", function.scriptFile())
          .put("entryPoint", function.entryPoint());
      for (BindingDefinition binding : function.bindings()) {
        node.withArray("/bindings")
            .addObject()
            .put("name", binding.name())
            .put("type", binding.type())
            .put("direction", binding.direction().name())
            .set("properties", binding.properties());
      }
      function.retry().ifPresent(retry -> node.set("retry", retry(retry)));
    }
    return Json.write(root);
  }

  private static ObjectNode retry(RetryPolicy retry) {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("maxRetryCount", retry.maxRetryCount());
    return switch (retry) {
      case RetryPolicy.FixedDelay fixed -> node.put("delay", fixed.delayInterval().toString());
      case RetryPolicy.ExponentialBackoff growing ->
          node.put("minimum", growing.minimumInterval().toString())
              .put("maximum", growing.maximumInterval().toString());
    };
  }

  /**
   * What {@link #write} wrote; empty when the text is of another form.
   *
   * @throws IOException when the text is no JSON
   */
  public static Optional<Discovery> read(String text) throws IOException {
    JsonNode root = Json.read(text);
    if (!root.path("functions").isArray()) {
      return Optional.empty();
    }
    List<FunctionDefinition> functions = new ArrayList<>();
    for (JsonNode node : root.path("functions")) {
      List<BindingDefinition> bindings = new ArrayList<>();
      for (JsonNode binding : node.path("bindings")) {
        bindings.add(
            new BindingDefinition(
                binding.path("name").asText(),
                binding.path("type").asText(),
                Direction.valueOf(binding.path("direction").asText()),
                (ObjectNode) binding.path("properties")));
      }
      functions.add(
          new FunctionDefinition(
              node.path("name").asText(),
              node.path("scriptFile").asText(),
              node.path("entryPoint").asText(),
              bindings,
              Optional.of(node.path("retry")).filter(JsonNode::isObject).map(n -> retry(n))));
    }
    return Optional.of(new Discovery(functions, List.of()));
  }

  private static RetryPolicy retry(JsonNode node) {
    int count = node.path("maxRetryCount").asInt();
    return node.has("delay")
        ? new RetryPolicy.FixedDelay(count, duration(node, "delay"))
        : new RetryPolicy.ExponentialBackoff(
            count, duration(node, "minimum"), duration(node, "maximum"));
  }

  private static Duration duration(JsonNode node, String key) {
    return Duration.parse(node.path(key).asText());
  }
}
