package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.HttpResponse.Header;
import java.util.Optional;

/** A cookie of a response envelope: an object with name, value and the usual attributes. */
final class ResponseCookie {
  private ResponseCookie() {}

  static Optional<Header> of(JsonNode cookie) {
    String name = cookie.path("name").asText("");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder line =
        new StringBuilder(name).append('=').append(cookie.path("value").asText(""));
    attribute(line, "Domain", cookie.path("domain"));
    attribute(line, "Path", cookie.path("path"));
    attribute(line, "Max-Age", cookie.path("maxAge"));
    attribute(line, "Expires", cookie.path("expires"));
    attribute(line, "SameSite", cookie.path("sameSite"));
    flag(line, "Secure", cookie.path("secure"));
    flag(line, "HttpOnly", cookie.path("httpOnly"));
    return Optional.of(new Header("Set-Cookie", line.toString()));
  }

  private static void attribute(StringBuilder line, String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
      line.append("; ").append(name).append('=').append(value.asText());
    }
  }

  private static void flag(StringBuilder line, String name, JsonNode value) {
    if (value.asBoolean(false)) {
      line.append("; ").append(name);
    }
  }
}
