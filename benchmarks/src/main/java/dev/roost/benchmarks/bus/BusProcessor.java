package dev.roost.benchmarks.bus;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What one writes without a host: the SDK's processor, which completes by itself.
 *
 * <p>Arguments: queue, calls or sessions at once, prefetch. The connection is {@code
 * AzureWebJobsServiceBus}.
 */
public final class BusProcessor {
  private BusProcessor() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    dev.roost.benchmarks.Quiet.azure();
    var builder =
        new ServiceBusClientBuilder().connectionString(System.getenv("AzureWebJobsServiceBus"));
    int atOnce = Integer.parseInt(args[1]);
    int prefetch = Integer.parseInt(args[2]);
    ServiceBusProcessorClient processor =
        args[0].equals(BusDrain.SESSIONS)
            ? builder
                .sessionProcessor()
                .queueName(args[0])
                .maxConcurrentSessions(atOnce)
                .maxConcurrentCalls(1)
                .prefetchCount(prefetch)
                .sessionIdleTimeout(Duration.ofSeconds(1))
                .processMessage(BusProcessor::work)
                .processError(_ -> {})
                .buildProcessorClient()
            : builder
                .processor()
                .queueName(args[0])
                .maxConcurrentCalls(atOnce)
                .prefetchCount(prefetch)
                .processMessage(BusProcessor::work)
                .processError(_ -> {})
                .buildProcessorClient();
    processor.start();
    new CountDownLatch(1).await();
  }

  private static void work(ServiceBusReceivedMessageContext context) {
    if (context.getMessage().getBody().toString().isEmpty()) {
      throw new IllegalArgumentException("a message without a body");
    }
  }
}
