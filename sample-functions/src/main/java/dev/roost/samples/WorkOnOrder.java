package dev.roost.samples;

import com.microsoft.azure.functions.annotation.BlobOutput;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;

/**
 * Takes orders from the queue and says so in the status blob. {@code {id}} in the blob's path is
 * the property {@code id} of the message, which is JSON. The message is deleted when the method has
 * returned and the blob is written; if anything fails, it comes back.
 */
public class WorkOnOrder {

  @FunctionName("WorkOnOrder")
  @BlobOutput(name = "$return", path = "order-status/{id}.json", connection = "AzureWebJobsStorage")
  public OrderState work(
      @QueueTrigger(name = "order", queueName = "orders", connection = "AzureWebJobsStorage")
          Order order) {
    return new OrderState(order.id, "done: " + order.quantity + " x " + order.item);
  }
}
