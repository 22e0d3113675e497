package dev.roost.benchmarks.http.app;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** What Roost runs. */
public final class Functions {

  /** Plain text. */
  @FunctionName("Hello")
  public HttpResponseMessage hello(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "hello",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request) {
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "text/plain")
        .body("Hello, world!")
        .build();
  }

  /** JSON to an object and back. */
  @FunctionName("Echo")
  public Order echo(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              route = "echo",
              authLevel = AuthorizationLevel.ANONYMOUS)
          Order order) {
    return order;
  }
}
