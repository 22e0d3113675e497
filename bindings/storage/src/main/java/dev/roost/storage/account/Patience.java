package dev.roost.storage.account;

import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;

/**
 * How long a call may take and how often it is tried. The limits are those of the HTTP client: the
 * SDK's own limit per try does not end a call that blocks.
 */
enum Patience {
  /** For data: a failure of seconds is bridged, a longer one is told. */
  STEADY(Duration.ofSeconds(10), Duration.ofSeconds(60), 3),
  /** For loops that come again by themselves. */
  POLLING(Duration.ofSeconds(3), Duration.ofSeconds(10), 1),
  /** For leases and renewals: late is as good as never. */
  LEASE(Duration.ofSeconds(2), Duration.ofSeconds(3), 1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration connect;
  private final Duration answer;
  private final int tries;

  Patience(Duration connect, Duration answer, int tries) {
    this.connect = connect;
    this.answer = answer;
    this.tries = tries;
  }

  Duration connect() {
    return connect;
  }

  Duration answer() {
    return answer;
  }

  /** As the blob and queue SDKs say it. */
  RequestRetryOptions storage() {
    return new RequestRetryOptions(
        RetryPolicyType.EXPONENTIAL,
        tries,
        connect.plus(answer).plus(answer),
        FIRST_PAUSE,
        LONGEST_PAUSE,
        null);
  }

  /** As the tables SDK says it. */
  RetryOptions tables() {
    return new RetryOptions(
        new ExponentialBackoffOptions()
            .setMaxRetries(tries - 1)
            .setBaseDelay(FIRST_PAUSE)
            .setMaxDelay(LONGEST_PAUSE));
  }
}
