package dev.roost.host.invoke;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.roost.spi.HttpRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as the user sees it. Header names are in lower case and compared exactly, repeated
 * headers and query parameters are joined with commas, as the official worker has it. Each is made
 * when it is first asked for. Safe for use by many threads.
 *
 * @param <T> the body's type
 */
final class RequestMessage<T extends @Nullable Object> implements HttpRequestMessage<T> {
  private final HttpRequest request;
  private final T body;
  private @Nullable URI uri;
  private @Nullable Map<String, String> headers;
  private @Nullable Map<String, String> query;

  RequestMessage(HttpRequest request, T body) {
    this.request = request;
    this.body = body;
  }

  private static Map<String, String> joined(Map<String, List<String>> values) {
    Map<String, String> joined = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((name, all) -> joined.put(name, String.join(",", all)));
    return joined;
  }

  @Override
  public synchronized URI getUri() {
    if (uri == null) {
      uri = request.uri();
    }
    return uri;
  }

  /**
   * @throws IllegalArgumentException when the client sent a method that the enum lacks
   */
  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(request.method());
  }

  @Override
  public synchronized Map<String, String> getHeaders() {
    if (headers == null) {
      headers = joined(request.headers());
    }
    return headers;
  }

  @Override
  public synchronized Map<String, String> getQueryParameters() {
    if (query == null) {
      query = joined(request.query());
    }
    return query;
  }

  @Override
  public T getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new ResponseMessage(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new ResponseMessage(status);
  }
}
