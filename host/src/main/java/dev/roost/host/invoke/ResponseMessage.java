package dev.roost.host.invoke;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response and its own builder: one mutable object, as in the official worker, so that a builder
 * may still be changed after {@code build()}. Header names are kept and compared exactly.
 */
final class ResponseMessage implements HttpResponseMessage, HttpResponseMessage.Builder {
  /** What can be asked of a response that the app itself implements: it has no list of headers. */
  private static final List<String> ASKED =
      List.of("Content-Type", "Location", "Cache-Control", "ETag", "Retry-After", "Set-Cookie");

  private final Map<String, String> headers = new LinkedHashMap<>();
  private HttpStatusType status;
  private @Nullable Object body;

  ResponseMessage(HttpStatusType status) {
    this.status = status;
  }

  @Override
  public HttpStatusType getStatus() {
    return status;
  }

  @Override
  public @Nullable String getHeader(String key) {
    return headers.get(key);
  }

  @Override
  public @Nullable Object getBody() {
    return body;
  }

  @Override
  public ResponseMessage status(HttpStatusType newStatus) {
    status = newStatus;
    return this;
  }

  @Override
  public ResponseMessage header(String key, String value) {
    headers.put(key, value);
    return this;
  }

  @Override
  public ResponseMessage body(@Nullable Object newBody) {
    body = newBody;
    return this;
  }

  @Override
  public ResponseMessage build() {
    return this;
  }

  /** Any response of a user, ours or an implementation of the app. */
  static Payload payload(HttpResponseMessage message) {
    List<HttpResponse.Header> headers = new ArrayList<>();
    if (message instanceof ResponseMessage ours) {
      ours.headers.forEach((name, value) -> add(headers, name, value));
    } else {
      ASKED.forEach(name -> add(headers, name, message.getHeader(name)));
    }
    return new Payload.Native(
        new HttpResponse(message.getStatusCode(), headers, Values.payload(message.getBody())));
  }

  private static void add(List<HttpResponse.Header> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(new HttpResponse.Header(name, value));
    }
  }
}
