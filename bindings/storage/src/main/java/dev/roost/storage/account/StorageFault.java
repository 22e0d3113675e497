package dev.roost.storage.account;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import dev.roost.spi.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A call to Azure Storage that failed, told in one line without the wire's XML. All calls of this
 * module go through {@link #call}, so that the SDK's unchecked exceptions become these.
 */
public final class StorageFault extends IOException implements RetryAfter {
  private static final long serialVersionUID = 1L;
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

  private static final HttpHeaderName SIGNED_DATE = HttpHeaderName.fromString("x-ms-date");

  /** Requests are refused from 15 min on; a minute may pass before the answer. */
  private static final Duration SKEW = Duration.ofMinutes(14);

  private final int status;
  private final String code;

  private final transient Optional<Duration> retryAfter;

  private StorageFault(
      String message, int status, String code, Optional<Duration> retryAfter, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  private StorageFault(String message, Throwable cause) {
    this(message, 0, "", Optional.empty(), cause);
  }

  /** The HTTP status, 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** The service's error code, such as {@code QueueNotFound}; empty when there was none. */
  public String code() {
    return code;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** A call without a result. */
  @FunctionalInterface
  public interface Action {
    void run();
  }

  /** As {@link #call(String, Supplier)}, without a result. */
  public static void call(String what, Action action) throws IOException {
    call(
        what,
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * Calls the SDK.
   *
   * @param what the call in words, for example {@code receive from queue 'orders'}
   * @throws StorageFault when the service refuses or can't be reached
   * @throws InterruptedIOException when this thread was interrupted; its flag is set again
   */
  public static <T> T call(String what, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (HttpResponseException e) {
      throw answered(what, e);
    } catch (RuntimeException e) {
      // The SDK wraps what the HTTP client throws in several unchecked types.
      throw unreachable(what, e);
    }
  }

  private static StorageFault answered(String what, HttpResponseException e) {
    HttpResponse response = e.getResponse();
    if (response == null) {
      return new StorageFault("could not " + what + ": " + e.getMessage(), e);
    }
    int status = response.getStatusCode();
    String header = response.getHeaderValue(ERROR_CODE);
    String code = header == null ? "" : header;
    String remedy =
        switch (status) {
          case 401, 403 ->
              clockOf(response).orElse("; check the key or the role of the connection");
          case 429, 503 -> "; the service is busy";
          default -> "";
        };
    return new StorageFault(
        "could not " + what + ": " + (status + " " + code).strip() + remedy,
        status,
        code,
        AskedPause.in(response.getHeaders()),
        e);
  }

  /** A signed request that is a quarter of an hour off is refused like one with a wrong key. */
  private static Optional<String> clockOf(HttpResponse response) {
    Optional<Instant> theirs = AskedPause.date(response.getHeaders());
    Optional<Instant> ours =
        AskedPause.instant(response.getRequest().getHeaders().getValue(SIGNED_DATE))
            .or(() -> AskedPause.date(response.getRequest().getHeaders()));
    if (theirs.isEmpty() || ours.isEmpty()) {
      return Optional.empty();
    }
    Duration ahead = Duration.between(theirs.get(), ours.get());
    return ahead.abs().compareTo(SKEW) < 0
        ? Optional.empty()
        : Optional.of(
            "; this machine's clock is "
                + ahead.abs().toMinutes()
                + " min "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the service's: set it");
  }

  private static IOException unreachable(String what, RuntimeException e) throws IOException {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException || t instanceof InterruptedIOException) {
        Thread.currentThread().interrupt();
        var interrupted = new InterruptedIOException("interrupted: " + what);
        interrupted.initCause(e);
        throw interrupted;
      }
      if (t instanceof IOException || t instanceof TimeoutException) {
        String reason = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
        return new StorageFault("could not " + what + ": no answer (" + reason + ")", e);
      }
    }
    // Whatever else the client throws is a failed call too: nobody above waits for surprises.
    return new StorageFault("could not " + what + ": " + e.getClass().getSimpleName(), e);
  }
}
