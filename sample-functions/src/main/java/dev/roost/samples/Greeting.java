package dev.roost.samples;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/**
 * HTTP with a route and plain objects. The route's {@code {name}} arrives through
 * {@code @BindingName}; a JSON body becomes the type parameter of the request, and an object given
 * to the response is written as JSON.
 *
 * <pre>curl -d '{"salutation":"Good morning"}' localhost:7071/api/greetings/Ada</pre>
 */
public class Greeting {

  /** The request body; fields that the JSON lacks keep what is set here. */
  public static class Wish {
    public String salutation = "Hello";
  }

  /** The response body. */
  public static class Card {
    public final String text;

    Card(String text) {
      this.text = text;
    }
  }

  @FunctionName("Greeting")
  public HttpResponseMessage greet(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET, HttpMethod.POST},
              route = "greetings/{name}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<Wish>> request,
      @BindingName("name") String name,
      ExecutionContext context) {
    Wish wish = request.getBody().orElseGet(Wish::new);
    context.getLogger().info("Greeting " + name);
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "application/json")
        .body(new Card(wish.salutation + ", " + name + "!"))
        .build();
  }
}
