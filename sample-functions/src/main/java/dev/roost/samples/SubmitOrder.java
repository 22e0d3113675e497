package dev.roost.samples;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobOutput;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import java.util.Optional;

/**
 * Work that takes longer than a request: answer 202 at once, say where to look, and let {@link
 * WorkOnOrder} do it. Both outputs are written after the method returns and before the client gets
 * its answer, in the order of the parameters: the status first, or the work could be done before it
 * is "accepted". When the method throws, neither is written. The client chooses the id, so that a
 * repeated request overwrites its own status instead of making a second order.
 *
 * <pre>curl -i -X PUT -d '{"item":"tea","quantity":2}' localhost:7071/api/orders/17</pre>
 */
public class SubmitOrder {

  @FunctionName("SubmitOrder")
  public HttpResponseMessage submit(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.PUT,
              route = "orders/{id}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<Order>> request,
      @BindingName("id") String id,
      @BlobOutput(
              name = "status",
              path = "order-status/{id}.json",
              connection = "AzureWebJobsStorage")
          OutputBinding<OrderState> status,
      @QueueOutput(name = "work", queueName = "orders", connection = "AzureWebJobsStorage")
          OutputBinding<Order> work) {
    Optional<Order> order = request.getBody();
    if (order.isEmpty()) {
      return request
          .createResponseBuilder(HttpStatus.BAD_REQUEST)
          .body("Send an order as JSON.")
          .build();
    }
    order.get().id = id;
    work.setValue(order.get());
    status.setValue(new OrderState(id, "accepted"));
    return request
        .createResponseBuilder(HttpStatus.ACCEPTED)
        .header("Location", request.getUri().getPath())
        .header("Retry-After", "1")
        .build();
  }
}
