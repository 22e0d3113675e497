package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code extensions.http} of host.json, and the settings that belong to it.
 *
 * @param routePrefix before every function's route, without slashes at its ends; may be empty
 * @param maxOutstandingRequests running and queued; beyond it 429; negative for no bound
 * @param maxConcurrentRequests running at once; others queue; negative for no bound
 * @param maxBodyBytes the largest request body, also after decompression
 * @param headers added to responses that lack them: customHeaders
 * @param hsts the value of {@code Strict-Transport-Security} over TLS
 * @param homepage whether {@code /} shows a page
 */
record HttpOptions(
    String routePrefix,
    int maxOutstandingRequests,
    int maxConcurrentRequests,
    long maxBodyBytes,
    List<Header> headers,
    Optional<Hsts> hsts,
    boolean homepage) {

  private static final String SECTION = "extensions.http.";
  private static final String BODY_LIMIT = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
  private static final long DEFAULT_BODY_LIMIT = 104_857_600;

  /** What holds when nothing is said. */
  static final HttpOptions DEFAULTS =
      new HttpOptions("api", -1, -1, DEFAULT_BODY_LIMIT, List.of(), Optional.empty(), true);

  /**
   * What {@code hsts} says when it is enabled.
   *
   * @param value of the header
   * @param excludedHosts hosts that never get it, in lower case
   */
  record Hsts(String value, List<String> excludedHosts) {}

  /**
   * Reads the options.
   *
   * @throws BindingException when a value can't be used
   */
  static HttpOptions read(HostServices host) throws BindingException {
    ObjectNode section = host.extension("http");
    return new HttpOptions(
        trimSlashes(section.path("routePrefix").asText("api")),
        bound(section, "maxOutstandingRequests"),
        bound(section, "maxConcurrentRequests"),
        bodyLimit(host),
        customHeaders(section),
        hsts(section.path("hsts")),
        host.settings().get("AzureWebJobsDisableHomepage").filter(HttpOptions::isTrue).isEmpty());
  }

  private static int bound(ObjectNode section, String key) throws BindingException {
    JsonNode value = section.path(key);
    int bound = value.asInt(-1);
    if (!value.isMissingNode()
        && (bound == 0 || bound < -1 || (bound == -1 && !value.asText().strip().equals("-1")))) {
      throw new BindingException(
          SECTION + key,
          "'" + value.asText() + "' is neither -1 nor a positive whole number",
          "Write the number of requests, or -1 for no bound.");
    }
    return bound;
  }

  private static long bodyLimit(HostServices host) throws BindingException {
    Optional<String> setting = host.settings().get(BODY_LIMIT).map(String::strip);
    try {
      long limit = setting.isEmpty() ? DEFAULT_BODY_LIMIT : Long.parseLong(setting.get());
      if (limit >= 0) {
        return Math.min(limit, Integer.MAX_VALUE - 8);
      }
    } catch (NumberFormatException _) {
      // told below, with the other bad values
    }
    throw new BindingException(
        BODY_LIMIT,
        "'" + setting.orElse("") + "' is not a number of bytes",
        "Set it to a whole number such as " + DEFAULT_BODY_LIMIT + ".");
  }

  private static List<Header> customHeaders(ObjectNode section) throws BindingException {
    List<Header> headers = new ArrayList<>();
    for (var property : section.path("customHeaders").properties()) {
      Header header = new Header(property.getKey(), property.getValue().asText());
      if (!ResponseHeaders.isValid(header)) {
        throw new BindingException(
            SECTION + "customHeaders",
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
    List<String> excluded = new ArrayList<>(List.of("localhost", "127.0.0.1", "[::1]"));
    if (node.has("excludedHosts")) {
      excluded.clear();
      node.path("excludedHosts").forEach(host -> excluded.add(host.asText()));
    }
    return Optional.of(
        new Hsts(
            "max-age="
                + TimeSpans.parse(node.path("maxAge").asText(""))
                    .orElse(Duration.ofDays(30))
                    .toSeconds()
                + (node.path("includeSubDomains").asBoolean(false) ? "; includeSubDomains" : "")
                + (node.path("preload").asBoolean(false) ? "; preload" : ""),
            List.copyOf(excluded)));
  }

  static boolean isTrue(String setting) {
    return setting.strip().equalsIgnoreCase("true") || setting.strip().equals("1");
  }

  private static String trimSlashes(String prefix) {
    int from = 0;
    int to = prefix.length();
    while (from < to && prefix.charAt(from) == '/') {
      from++;
    }
    while (to > from && prefix.charAt(to - 1) == '/') {
      to--;
    }
    return prefix.substring(from, to);
  }
}
