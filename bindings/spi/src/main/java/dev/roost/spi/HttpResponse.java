package dev.roost.spi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An HTTP response before encoding.
 *
 * @param status 100 to 999
 * @param headers in order; a name may repeat
 * @param body {@link Payload.Text} (sent as UTF-8), {@link Payload.Bytes}, {@link Payload.Json},
 *     {@link Payload.Stream} or {@link Payload#EMPTY}
 */
public record HttpResponse(int status, List<Header> headers, Payload body) {
  public HttpResponse {
    headers = List.copyOf(headers);
  }

  /** One header line. */
  public record Header(String name, String value) {}

  /** A response without a body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, List.of(), Payload.EMPTY);
  }

  /** A response of plain text. */
  public static HttpResponse text(int status, String text) {
    return new HttpResponse(
        status,
        List.of(new Header("Content-Type", "text/plain; charset=utf-8")),
        new Payload.Text(text));
  }

  /** A response of JSON. */
  public static HttpResponse json(int status, JsonNode body) {
    return new HttpResponse(
        status,
        List.of(new Header("Content-Type", "application/json; charset=utf-8")),
        new Payload.Json(body));
  }
}
