package dev.roost.storage.queue;

import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.RetryPolicy;
import java.time.Duration;

/**
 * What {@code extensions.queues} of host.json says, with a function's own settings over it.
 *
 * @param batchSize messages asked for at once, 1 to 32
 * @param newBatchThreshold messages that may still run when the next batch is asked for
 * @param maxDequeueCount attempts before a message is poison
 * @param redelivery when a failed message comes again
 * @param maxPollingInterval the longest pause of an idle queue
 * @param encoding how bodies travel
 * @param receiveLease how long a received message is ours without renewal
 */
record QueueOptions(
    int batchSize,
    int newBatchThreshold,
    int maxDequeueCount,
    Redelivery redelivery,
    Duration maxPollingInterval,
    MessageEncoding encoding,
    Duration receiveLease) {

  private static final Duration MAX_POLLING = Duration.ofMinutes(1);
  private static final Duration MAX_POLLING_IN_DEVELOPMENT = Duration.ofSeconds(2);

  /**
   * The options of one function.
   *
   * @throws BindingException naming the key and its place in host.json
   */
  static QueueOptions of(HostServices host, FunctionDefinition function) throws BindingException {
    return of(host, OptionReader.queues(host, function.name()), function);
  }

  /** The options that the output side needs, which has no function of its own to ask. */
  static MessageEncoding encoding(HostServices host, String function) throws BindingException {
    return encoding(OptionReader.queues(host, function));
  }

  private static QueueOptions of(
      HostServices host, OptionReader options, FunctionDefinition function)
      throws BindingException {
    int batchSize = options.integer("batchSize", 16, 1, 32);
    int threshold =
        options.integer(
            "newBatchThreshold",
            batchSize / 2 * Runtime.getRuntime().availableProcessors(),
            0,
            Integer.MAX_VALUE);
    Duration defaultPolling = host.development() ? MAX_POLLING_IN_DEVELOPMENT : MAX_POLLING;
    return new QueueOptions(
        batchSize,
        threshold,
        attempts(function, options),
        redelivery(function, options),
        options.span("maxPollingInterval", defaultPolling, Duration.ofMillis(100)),
        encoding(options),
        receiveLease(options));
  }

  /** Ours: the official host has a fixed lease of ten minutes. */
  static Duration receiveLease(OptionReader options) throws BindingException {
    return options.span("receiveLease", Duration.ofMinutes(2), Duration.ofSeconds(10));
  }

  private static MessageEncoding encoding(OptionReader options) throws BindingException {
    String name = options.text("messageEncoding", "base64");
    return MessageEncoding.of(name)
        .orElseThrow(
            () -> options.bad("messageEncoding", "'" + name + "'", "Use base64, none or auto."));
  }

  /**
   * A retry policy of the function's own counts attempts, unless it has its own maxDequeueCount.
   */
  private static int attempts(FunctionDefinition function, OptionReader options)
      throws BindingException {
    int dequeues = options.integer("maxDequeueCount", 5, 1, Integer.MAX_VALUE);
    if (function.retry().isEmpty() || options.isOfFunction("maxDequeueCount")) {
      return dequeues;
    }
    int retries = function.retry().get().maxRetryCount();
    return retries == RetryPolicy.FOR_EVER ? Integer.MAX_VALUE : retries + 1;
  }

  private static Redelivery redelivery(FunctionDefinition function, OptionReader options)
      throws BindingException {
    if (function.retry().isPresent() && !options.isOfFunction("visibilityTimeout")) {
      return switch (function.retry().get()) {
        case RetryPolicy.FixedDelay fixed -> new Redelivery.Fixed(fixed.delayInterval());
        case RetryPolicy.ExponentialBackoff backoff ->
            new Redelivery.Exponential(backoff.minimumInterval(), backoff.maximumInterval());
      };
    }
    return options.redelivery("visibilityTimeout");
  }
}
