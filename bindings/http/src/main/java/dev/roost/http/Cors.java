package dev.roost.http;

import dev.roost.spi.BindingException;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import dev.roost.spi.Settings;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pages of other origins may call the functions. From {@code CORS_ALLOWED_ORIGINS} (a JSON
 * array) and {@code CORS_SUPPORT_CREDENTIALS} as in Azure, or from {@code Host.CORS} (a list with
 * commas, or {@code *}) and {@code Host.CORSCredentials} of local.settings.json. Any method and any
 * header is allowed, as in the Functions host; credentials never go with {@code *}.
 *
 * @param origins in lower case, without a slash at the end
 * @param any true for {@code *}
 * @param credentials whether cookies may come along
 */
record Cors(Set<String> origins, boolean any, boolean credentials) {
  /** No other origin may. */
  static final Cors OFF = new Cors(Set.of(), false, false);

  private static final Header VARY = new Header("Vary", "Origin");

  static Cors read(Settings settings) throws BindingException {
    Optional<String> hosted = settings.get("CORS_ALLOWED_ORIGINS").filter(text -> !text.isBlank());
    List<String> listed =
        hosted.isPresent()
            ? hosted(hosted.get())
            : settings
                .get("Host__CORS")
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    String credentials = hosted.isPresent() ? "CORS_SUPPORT_CREDENTIALS" : "Host__CORSCredentials";
    Set<String> origins = new TreeSet<>();
    for (String origin : listed) {
      String plain = origin.strip().toLowerCase(Locale.ROOT);
      if (!plain.isEmpty()) {
        origins.add(plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain);
      }
    }
    boolean any = origins.remove("*");
    return new Cors(
        Set.copyOf(origins),
        any,
        !any && settings.get(credentials).filter(HttpOptions::isTrue).isPresent());
  }

  private static List<String> hosted(String json) throws BindingException {
    List<String> origins = new ArrayList<>();
    Json.container(json)
        .filter(node -> node.isArray())
        .orElseThrow(() ->
            new BindingException(
                "CORS_ALLOWED_ORIGINS",
                "'" + json + "' is not a JSON array",
                "Write it like [\"https://example.com\"]."))
        .forEach(origin -> origins.add(origin.asText()));
    return origins;
  }

  boolean isOff() {
    return origins.isEmpty() && !any;
  }

  /** The answer to a browser that asks beforehand; empty when the request is no such question. */
  Optional<HttpResponse> preflight(RequestHead head) {
    String method = head.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    String origin = head.headers().get(HttpHeaderNames.ORIGIN);
    if (isOff() || !head.method().equals("OPTIONS") || method == null || origin == null) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    if (allows(origin)) {
      headers.add(new Header("Access-Control-Allow-Methods", method));
      String wanted = head.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
      if (wanted != null) {
        headers.add(new Header("Access-Control-Allow-Headers", wanted));
      }
    }
    return Optional.of(new HttpResponse(204, headers, Payload.EMPTY));
  }

  /** What the response to a request says of its origin. */
  List<Header> headers(RequestHead head) {
    String origin = head.headers().get(HttpHeaderNames.ORIGIN);
    if (isOff()) {
      return List.of();
    }
    if (origin == null || !allows(origin)) {
      return any ? List.of() : List.of(VARY);
    }
    Header allowed = new Header("Access-Control-Allow-Origin", any ? "*" : origin);
    if (any) {
      return List.of(allowed);
    }
    return credentials
        ? List.of(allowed, new Header("Access-Control-Allow-Credentials", "true"), VARY)
        : List.of(allowed, VARY);
  }

  private boolean allows(String origin) {
    return any || origins.contains(origin.toLowerCase(Locale.ROOT));
  }
}
