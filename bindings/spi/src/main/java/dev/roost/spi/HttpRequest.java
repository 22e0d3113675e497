package dev.roost.spi;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A decoded HTTP request.
 *
 * @param method as sent, for example {@code POST}
 * @param location gives the absolute URI, with the host that the client named and the raw query;
 *     asked for only by who needs it, since to parse one costs more than the rest of a request
 * @param headers by lower-case name, values in order of arrival
 * @param query by decoded name, decoded values in order; empty values are kept
 * @param route the values of the route template's parameters; an absent optional one is missing
 * @param body {@link Payload.Bytes} or {@link Payload.Stream}, or {@link Payload#EMPTY} when the
 *     request has none
 */
public record HttpRequest(
    String method,
    Supplier<URI> location,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    Map<String, String> route,
    Payload body) {

  /** A request whose URI is known. */
  public HttpRequest(
      String method,
      URI uri,
      Map<String, List<String>> headers,
      Map<String, List<String>> query,
      Map<String, String> route,
      Payload body) {
    this(method, () -> uri, headers, query, route, body);
  }

  /** The absolute URI. */
  public URI uri() {
    return location.get();
  }

  /** The first value of a header, named in lower case. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}
