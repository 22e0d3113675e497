package dev.roost.storage.account;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.Meters;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stands before every request that goes to a storage account, retries included: counts it by its
 * {@link CallCause}, and holds a retry back until the pause is over that the service asked for.
 */
final class StorageCalls implements HttpPipelinePolicy {
  /** A service that wants to be left alone for longer is tried once more after this. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final String NOT_BEFORE = "dev.roost.storage.not-before";

  private final Function<HttpRequest, CallCause> cause;
  private final HostClock clock;
  private final Waiter waiter;
  private final Map<CallCause, Meters.Counter> made = new EnumMap<>(CallCause.class);
  private final Map<CallCause, Meters.Counter> failed = new EnumMap<>(CallCause.class);

  /**
   * @param cause tells requests of one service apart
   */
  StorageCalls(HostServices host, Function<HttpRequest, CallCause> cause) {
    this.cause = cause;
    this.clock = host.clock();
    this.waiter = host.waiter();
    for (CallCause each : CallCause.values()) {
      made.put(
          each,
          host.meters()
              .counter(
                  "roost.storage.calls",
                  "Requests to storage accounts, retries included",
                  "cause",
                  each.label()));
      failed.put(
          each,
          host.meters()
              .counter(
                  "roost.storage.failures",
                  "Requests to storage accounts that got no answer, 429 or 5xx",
                  "cause",
                  each.label()));
    }
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    before(context);
    HttpResponse response = null;
    try {
      response = next.processSync();
      return response;
    } finally {
      after(context, response);
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(() -> {
      before(context);
      return next.process()
          .map(response -> {
            after(context, response);
            // The SDK's retry reads a refusal's body and then closes it, which the JDK's client
            // answers with an exception: what can be read again bears both.
            return isWell(response) ? response : response.buffer();
          })
          .doOnError(_ -> after(context, null));
    });
  }

  private static boolean isWell(HttpResponse response) {
    return response.getStatusCode() < 500 && response.getStatusCode() != 429;
  }

  private void before(HttpPipelineCallContext context) {
    context
        .getData(NOT_BEFORE)
        .ifPresent(moment -> pause(Duration.ofNanos((long) moment - clock.nanoTime())));
    count(made, context);
  }

  private void after(HttpPipelineCallContext context, @Nullable HttpResponse response) {
    if (response != null && isWell(response)) {
      return;
    }
    count(failed, context);
    if (response != null) {
      AskedPause.in(response.getHeaders())
          .map(asked -> asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE)
          .ifPresent(asked -> context.setData(NOT_BEFORE, clock.nanoTime() + asked.toNanos()));
    }
  }

  private void count(Map<CallCause, Meters.Counter> counters, HttpPipelineCallContext context) {
    Meters.Counter counter = counters.get(cause.apply(context.getHttpRequest()));
    if (counter != null) {
      counter.add(1);
    }
  }

  /** On the thread of the caller, who waits for the answer anyway. */
  private void pause(Duration pause) {
    if (!pause.isPositive()) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    Waiter.Pending pending = waiter.after(pause, over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before a retry", e);
    } finally {
      pending.cancel();
    }
  }
}
