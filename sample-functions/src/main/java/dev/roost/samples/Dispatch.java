package dev.roost.samples;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusTopicOutput;

/**
 * Service Bus queue to topic. The message is locked while the function runs, completed when it
 * returns, and comes again when it throws; after the queue's number of deliveries it lies in its
 * dead-letter queue. An empty {@code connection} means the setting {@code AzureWebJobsServiceBus}.
 */
public class Dispatch {

  @FunctionName("Dispatch")
  @ServiceBusTopicOutput(
      name = "$return",
      topicName = "dispatched",
      subscriptionName = "track",
      connection = "")
  public String dispatch(
      @ServiceBusQueueTrigger(name = "parcel", queueName = "parcels", connection = "")
          String parcel) {
    return parcel + " is on its way";
  }
}
