package dev.roost.samples;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.ServiceBusTopicTrigger;

/** Service Bus subscription to storage queue, with one of the facts about the message. */
public class Track {

  @FunctionName("Track")
  @QueueOutput(name = "$return", queueName = "tracked", connection = "AzureWebJobsStorage")
  public String track(
      @ServiceBusTopicTrigger(
              name = "news",
              topicName = "dispatched",
              subscriptionName = "track",
              connection = "")
          String news,
      @BindingName("DeliveryCount") int delivery) {
    return news + ", told at delivery " + delivery;
  }
}
