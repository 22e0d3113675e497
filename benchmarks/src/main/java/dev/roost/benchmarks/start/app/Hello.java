package dev.roost.benchmarks.start.app;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** The app's one class. */
public final class Hello {

  /** Plain text, the same that the other servers answer. */
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
}
