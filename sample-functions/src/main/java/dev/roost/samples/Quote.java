package dev.roost.samples;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/**
 * Dependency injection: this class has no constructor without parameters; {@link Wiring} makes its
 * instances. The returned text is the response, with status 200.
 */
public class Quote {
  private final Quotations quotations;

  Quote(Quotations quotations) {
    this.quotations = quotations;
  }

  @FunctionName("Quote")
  public String quote(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "quotes",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request) {
    return quotations.next();
  }
}
