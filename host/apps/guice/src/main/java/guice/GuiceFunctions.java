package guice;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Has no constructor that the host could call by itself. */
public class GuiceFunctions {
  private final String salutation;
  private final Visits visits;

  @Inject
  public GuiceFunctions(@Named("salutation") String salutation, Visits visits) {
    this.salutation = salutation;
    this.visits = visits;
  }

  @FunctionName("GuiceGreet")
  public String greet(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request) {
    String name = request.getQueryParameters().get("name");
    if (name == null) {
      throw new IllegalStateException("visit " + visits.next() + " without a name");
    }
    return salutation + ", " + name + ", visit " + visits.next();
  }

  @FunctionName("GuiceRelay")
  @QueueOutput(name = "out", queueName = "guice-out", connection = "AzureWebJobsStorage")
  public String relay(
      @QueueTrigger(name = "message", queueName = "guice-in", connection = "AzureWebJobsStorage")
          String message) {
    return salutation + ", " + message;
  }
}
