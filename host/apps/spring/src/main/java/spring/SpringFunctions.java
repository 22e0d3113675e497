package spring;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Functions that are a Spring bean, with their collaborators injected. */
@Component
public class SpringFunctions {
  private static final Logger LOG = LoggerFactory.getLogger(SpringFunctions.class);

  private final Greetings greetings;
  private final Function<String, String> shout;

  public SpringFunctions(Greetings greetings, Function<String, String> shout) {
    this.greetings = greetings;
    this.shout = shout;
  }

  @FunctionName("SpringGreet")
  public HttpResponseMessage greet(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    String name = request.getQueryParameters().getOrDefault("name", "");
    LOG.info("logback greets {}", name);
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("X-Function", context.getFunctionName())
        .body(greetings.to(name))
        .build();
  }

  @FunctionName("SpringShout")
  public String shout(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request) {
    return shout.apply(request.getBody());
  }

  @FunctionName("SpringRelay")
  @QueueOutput(name = "out", queueName = "spring-out", connection = "AzureWebJobsStorage")
  public String relay(
      @QueueTrigger(name = "message", queueName = "spring-in", connection = "AzureWebJobsStorage")
          String message) {
    return greetings.to(message);
  }
}
