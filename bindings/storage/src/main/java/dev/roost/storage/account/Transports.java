package dev.roost.storage.account;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How requests travel: two HTTP clients with their limits. HTTP/1.1, because Azure Storage speaks
 * nothing newer. The JDK ends a client and its connections when nobody refers to it any more.
 */
final class Transports implements AutoCloseable {
  /** For data: a failure of seconds is bridged, a longer one is told. */
  static final RequestRetryOptions PATIENT =
      new RequestRetryOptions(
          RetryPolicyType.EXPONENTIAL,
          3,
          Duration.ofSeconds(60),
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          null);

  /** For loops that come again by themselves: one try of at most ten seconds. */
  static final RequestRetryOptions ONCE = once(Duration.ofSeconds(10));

  /** For leases: late is as good as never. */
  static final RequestRetryOptions TIGHT = once(Duration.ofSeconds(3));

  private @Nullable HttpClient http;
  private @Nullable HttpClient tight;

  private static RequestRetryOptions once(Duration limit) {
    return new RequestRetryOptions(
        RetryPolicyType.FIXED, 1, limit, Duration.ofMillis(1), Duration.ofMillis(1), null);
  }

  /** As {@link #PATIENT}, in the words of the tables SDK. */
  static RetryOptions patientTables() {
    return new RetryOptions(
        new ExponentialBackoffOptions()
            .setMaxRetries(2)
            .setBaseDelay(Duration.ofMillis(400))
            .setMaxDelay(Duration.ofSeconds(5)));
  }

  /** For everything but leases. */
  synchronized HttpClient http() {
    if (http == null) {
      http = client(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
    return http;
  }

  /** For leases. */
  synchronized HttpClient tight() {
    if (tight == null) {
      tight = client(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
    return tight;
  }

  private static HttpClient client(Duration connect, Duration answer) {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1))
        .connectionTimeout(connect)
        .writeTimeout(answer)
        .responseTimeout(answer)
        .readTimeout(answer)
        .build();
  }

  @Override
  public synchronized void close() {
    http = null;
    tight = null;
  }
}
