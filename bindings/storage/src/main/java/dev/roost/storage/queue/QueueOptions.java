package dev.roost.storage.queue;

import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

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

  /** The origin of what a retry policy of the function says. */
  private static final String RETRY = "the function's retry policy";

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

  /** The options of one function, and where each comes from. */
  static List<EffectiveSetting> effective(HostServices host, FunctionDefinition function)
      throws BindingException {
    OptionReader reader = OptionReader.queues(host, function.name());
    QueueOptions options = of(host, reader, function);
    String attempts = "maxDequeueCount";
    String pause = "visibilityTimeout";
    EffectiveSetting dequeues = reader.effective(attempts, options.maxDequeueCount());
    EffectiveSetting visibility = reader.effective(pause, text(options.redelivery()));
    boolean retried = function.retry().isPresent();
    return List.of(
        reader.effective("batchSize", options.batchSize()),
        reader.effective("newBatchThreshold", options.newBatchThreshold()),
        retried && !reader.isOfFunction(attempts) ? dequeues.from(RETRY) : dequeues,
        retried && !reader.isOfFunction(pause) ? visibility.from(RETRY) : visibility,
        reader.effective("maxPollingInterval", options.maxPollingInterval()),
        reader.effective("messageEncoding", options.encoding().name().toLowerCase(Locale.ROOT)),
        reader.effective("receiveLease", options.receiveLease()));
  }

  private static String text(Redelivery redelivery) {
    return switch (redelivery) {
      case Redelivery.Fixed(Duration pause) -> TimeSpans.text(pause);
      case Redelivery.Exponential(Duration least, Duration most) ->
          "%s doubling to %s".formatted(TimeSpans.text(least), TimeSpans.text(most));
    };
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
