package dev.roost.benchmarks.app;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;

/** Does nothing with a message. */
public final class Nothing {
  @FunctionName("Nothing")
  public void nothing(
      @QueueTrigger(name = "message", queueName = "benchmark", connection = "AzureWebJobsStorage")
          String message) {
    if (message.isEmpty()) {
      throw new IllegalArgumentException("a message without a body");
    }
  }
}
