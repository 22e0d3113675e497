package dev.roost.host.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.roost.host.config.Json;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The JSON body of a request to the admin API. */
final class Body {
  private static final int LIMIT = 4 << 20;

  private Body() {}

  /** The tree; a missing node when there is no body or it is not JSON. */
  static JsonNode json(HttpRequest request) {
    try {
      return switch (request.body()) {
        case Payload.Bytes(byte[] bytes) -> Json.read(new String(bytes, StandardCharsets.UTF_8));
        case Payload.Stream stream -> Json.read(text(stream));
        default -> MissingNode.getInstance();
      };
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private static String text(Payload.Stream stream) throws IOException {
    try (InputStream in = stream.opener().open()) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
    }
  }
}
