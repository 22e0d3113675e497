package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingException;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Settings;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What responses get besides what the functions say.
 *
 * @param custom {@code customHeaders}, added where a response lacks them
 * @param hsts what is said over TLS
 * @param cors which pages of other origins may read the responses
 * @param compression whether bodies are packed for clients that can unpack them
 */
record Additions(List<Header> custom, Optional<Hsts> hsts, Cors cors, boolean compression) {
  private static final Duration MAX_AGE = Duration.ofDays(30);

  /** Nothing. */
  static final Additions NONE = new Additions(List.of(), Optional.empty(), Cors.OFF, false);

  /**
   * {@code hsts} when it is enabled.
   *
   * @param header {@code Strict-Transport-Security}
   * @param excludedHosts hosts that never get it
   */
  record Hsts(Header header, List<String> excludedHosts) {
    boolean appliesTo(String authority) {
      int colon = authority.lastIndexOf(':');
      String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
      return excludedHosts.stream().noneMatch(host::equalsIgnoreCase);
    }
  }

  /**
   * Reads them.
   *
   * @throws BindingException when a header or an origin can't be used
   */
  static Additions read(ObjectNode section, Settings settings) throws BindingException {
    return new Additions(
        custom(section),
        hsts(section.path("hsts")),
        Cors.read(settings),
        section.path("compression").asBoolean(false));
  }

  /** The headers for the response to one request. */
  List<Header> headers(RequestHead head, boolean secure) {
    boolean strict = secure && hsts.isPresent() && hsts.get().appliesTo(head.authority());
    if (!strict && cors.isOff()) {
      return custom;
    }
    List<Header> all = new ArrayList<>(custom);
    if (strict) {
      all.add(hsts.get().header());
    }
    all.addAll(cors.headers(head));
    return all;
  }

  private static List<Header> custom(ObjectNode section) throws BindingException {
    List<Header> headers = new ArrayList<>();
    for (var property : section.path("customHeaders").properties()) {
      Header header = new Header(property.getKey(), property.getValue().asText());
      if (!ResponseHeaders.isValid(header)) {
        throw new BindingException(
            HttpOptions.SECTION + "customHeaders",
            "'" + header.name() + "' has a character that HTTP headers can't carry",
            "Use letters, digits and dashes in the name, and one line of text as the value.");
      }
      headers.add(header);
    }
    return List.copyOf(headers);
  }

  private static Optional<Hsts> hsts(JsonNode node) {
    if (!node.path("isEnabled").asBoolean(false)) {
      return Optional.empty();
    }
    List<String> excluded = new ArrayList<>();
    if (node.has("excludedHosts")) {
      node.path("excludedHosts").forEach(host -> excluded.add(host.asText()));
    } else {
      excluded.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
    }
    Duration age = TimeSpans.parse(node.path("maxAge").asText("")).orElse(MAX_AGE);
    String value =
        "max-age="
            + age.toSeconds()
            + (node.path("includeSubDomains").asBoolean(false) ? "; includeSubDomains" : "")
            + (node.path("preload").asBoolean(false) ? "; preload" : "");
    return Optional.of(
        new Hsts(new Header("Strict-Transport-Security", value), List.copyOf(excluded)));
  }
}
