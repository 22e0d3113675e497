package dev.roost.servicebus.trigger;

import dev.roost.servicebus.namespace.OptionReader;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import java.time.Duration;
import java.util.List;

/**
 * What {@code extensions.serviceBus} of host.json says of a trigger, with its binding's and its
 * function's own settings over it.
 *
 * @param prefetch messages asked for beyond the free permits; they wait unrenewed
 * @param autoComplete false: a message whose function succeeded is left alone
 * @param renewal how long the lock of a message is renewed at the most
 * @param calls messages that run at once
 * @param sessions sessions that are held at once
 * @param callsPerSession messages of one session that run at once
 * @param batch how messages become batches
 * @param sessionIdle how long a session without messages is held
 * @param reply true: what the function returns is sent to the message's {@code ReplyTo}
 * @param maxDeliveries after so many a message that asks to come later is dead-lettered
 */
record ServiceBusOptions(
    int prefetch,
    boolean autoComplete,
    Duration renewal,
    int calls,
    int sessions,
    int callsPerSession,
    Batch batch,
    Duration sessionIdle,
    boolean reply,
    int maxDeliveries) {

  /** As good as for ever: a renewal ends with its call. */
  static final Duration ENDLESS = Duration.ofDays(36_500);

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(150);
  private static final int CALLS_PER_CORE = 16;

  private static final String[] AUTO_COMPLETE = {
    "autoCompleteMessages",
    "autoComplete",
    "messageHandlerOptions.autoComplete",
    "sessionHandlerOptions.autoComplete",
    "batchOptions.autoComplete"
  };
  private static final String[] RENEWAL = {
    "maxAutoLockRenewalDuration",
    "messageHandlerOptions.maxAutoRenewDuration",
    "sessionHandlerOptions.maxAutoRenewDuration"
  };
  private static final String[] CALLS = {
    "maxConcurrentCalls", "messageHandlerOptions.maxConcurrentCalls"
  };
  private static final String[] SESSIONS = {
    "maxConcurrentSessions", "sessionHandlerOptions.maxConcurrentSessions"
  };
  private static final String[] MOST = {"maxMessageBatchSize", "batchOptions.maxMessageCount"};
  private static final String[] IDLE = {
    "sessionIdleTimeout", "sessionHandlerOptions.messageWaitTimeout"
  };

  /**
   * How messages become batches.
   *
   * @param most messages of one batch
   * @param least messages that a batch waits for
   * @param patience how long it waits for them
   */
  record Batch(int most, int least, Duration patience) {}

  /**
   * Reads them.
   *
   * @param tryTimeout of the connection: the default for {@code sessionIdleTimeout}
   * @throws BindingException naming the key and where it stands
   */
  static ServiceBusOptions of(OptionReader options, Duration tryTimeout) throws BindingException {
    return new ServiceBusOptions(
        options.integer(0, 0, "prefetchCount"),
        options.flag(true, AUTO_COMPLETE),
        options.span(Duration.ofMinutes(5), ENDLESS, ENDLESS, RENEWAL),
        options.integer(CALLS_PER_CORE * Runtime.getRuntime().availableProcessors(), 1, CALLS),
        options.integer(8, 1, SESSIONS),
        options.integer(1, 1, "maxConcurrentCallsPerSession"),
        batch(options),
        options.span(tryTimeout, Duration.ZERO, DAY, IDLE),
        options.flag(false, "answerReplyTo"),
        options.integer(10, 1, "maxDeliveryCount"));
  }

  private static Batch batch(OptionReader options) throws BindingException {
    int most = options.integer(1000, 1, MOST);
    int least = options.integer(1, 1, "minMessageBatchSize");
    if (least > most) {
      throw options.bad(
          "minMessageBatchSize",
          least + " with a maxMessageBatchSize of " + most,
          "Use a number of at most maxMessageBatchSize.");
    }
    return new Batch(
        most,
        least,
        options.span(Duration.ofSeconds(30), Duration.ZERO, LONGEST_WAIT, "maxBatchWaitTime"));
  }

  /** Where {@link #calls} comes from. */
  String callsFrom(OptionReader reader) {
    return reader.effective(calls, CALLS).origin();
  }

  /** Where {@link #sessions} comes from. */
  String sessionsFrom(OptionReader reader) {
    return reader.effective(sessions, SESSIONS).origin();
  }

  /** All of them, and where each comes from. */
  static List<EffectiveSetting> effective(OptionReader reader, Duration tryTimeout)
      throws BindingException {
    ServiceBusOptions options = of(reader, tryTimeout);
    return List.of(
        reader.effective(options.prefetch(), "prefetchCount"),
        reader.effective(options.autoComplete(), AUTO_COMPLETE),
        reader.effective(
            options.renewal().equals(ENDLESS) ? "-00:00:00.0010000" : options.renewal(), RENEWAL),
        reader.effective(options.calls(), CALLS),
        reader.effective(options.sessions(), SESSIONS),
        reader.effective(options.callsPerSession(), "maxConcurrentCallsPerSession"),
        reader.effective(options.batch().most(), MOST),
        reader.effective(options.batch().least(), "minMessageBatchSize"),
        reader.effective(options.batch().patience(), "maxBatchWaitTime"),
        reader.effective(options.sessionIdle(), IDLE),
        reader.effective(options.reply(), "answerReplyTo"),
        reader.effective(options.maxDeliveries(), "maxDeliveryCount"));
  }
}
