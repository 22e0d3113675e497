package dev.roost.samples;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;

/**
 * Sessions: messages of one session run one after the other in their order, on one host at a time;
 * messages of other sessions beside them.
 */
public class Dialogue {

  @FunctionName("Dialogue")
  @QueueOutput(name = "$return", queueName = "dialogues", connection = "AzureWebJobsStorage")
  public String next(
      @ServiceBusQueueTrigger(
              name = "line",
              queueName = "lines",
              connection = "",
              isSessionsEnabled = true)
          String line,
      @BindingName("SessionId") String speaker,
      ExecutionContext context) {
    context.getLogger().info(speaker + " speaks");
    return speaker + ": " + line;
  }
}
