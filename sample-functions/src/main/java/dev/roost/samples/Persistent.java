package dev.roost.samples;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;

/**
 * Retry: fails twice and succeeds at the third attempt, one second apart. The message goes back to
 * the queue meanwhile, so that the pause costs nothing and survives this host. {@code
 * ExponentialBackoffRetry} does the same with growing pauses. When the last attempt fails too, the
 * message goes to the poison queue.
 */
public class Persistent {

  @FunctionName("Persistent")
  @FixedDelayRetry(maxRetryCount = 3, delayInterval = "00:00:01")
  @QueueOutput(name = "$return", queueName = "retry-out", connection = "AzureWebJobsStorage")
  public String persist(
      @QueueTrigger(name = "message", queueName = "retry-in", connection = "AzureWebJobsStorage")
          String message,
      ExecutionContext context) {
    int retries = context.getRetryContext().getRetrycount();
    if (retries < 2) {
      throw new IllegalStateException("Not yet: this is retry " + retries);
    }
    return message + " after " + retries + " retries";
  }
}
