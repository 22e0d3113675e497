package dev.roost.benchmarks.app;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;

/** Does nothing with a message of a Service Bus queue. */
public final class BusNothing {
  @FunctionName("BusQueue")
  public void queue(
      @ServiceBusQueueTrigger(name = "message", queueName = "benchmark", connection = "ServiceBus")
          String message) {
    work(message);
  }

  @FunctionName("BusSessions")
  public void sessions(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = "benchmark-sessions",
              connection = "ServiceBus",
              isSessionsEnabled = true)
          String message) {
    work(message);
  }

  private static void work(String message) {
    if (message.isEmpty()) {
      throw new IllegalArgumentException("a message without a body");
    }
  }
}
