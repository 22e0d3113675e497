package dev.roost.samples;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BlobInput;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/**
 * Where the client of {@link SubmitOrder} polls. A blob input is read before the method is called;
 * a blob that is not there leaves the Optional empty.
 */
public class OrderStatus {

  @FunctionName("OrderStatus")
  public HttpResponseMessage status(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "orders/{id}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @BlobInput(
              name = "status",
              path = "order-status/{id}.json",
              connection = "AzureWebJobsStorage")
          Optional<String> status) {
    if (status.isEmpty()) {
      return request
          .createResponseBuilder(HttpStatus.NOT_FOUND)
          .body("There is no such order.")
          .build();
    }
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "application/json")
        .body(status.get())
        .build();
  }
}
