package dev.roost.samples;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.StorageAccount;
import java.util.Locale;

/**
 * Queue to queue: an output annotation on the method takes the return value. {@code DequeueCount}
 * is one of the facts about the message that {@code @BindingName} gives. {@code @StorageAccount}
 * names the connection once for all storage bindings of the method.
 */
public class Relay {

  @FunctionName("Relay")
  @StorageAccount("AzureWebJobsStorage")
  @QueueOutput(name = "$return", queueName = "relay-out")
  public String relay(
      @QueueTrigger(name = "message", queueName = "relay-in") String message,
      @BindingName("DequeueCount") long attempt,
      ExecutionContext context) {
    context.getLogger().info("Attempt " + attempt);
    return message.toUpperCase(Locale.ROOT);
  }
}
