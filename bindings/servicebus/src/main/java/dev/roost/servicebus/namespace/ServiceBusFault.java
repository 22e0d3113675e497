package dev.roost.servicebus.namespace;

import com.azure.core.exception.AzureException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** A call to Service Bus that failed: what was tried, and what the service or the SDK said. */
public final class ServiceBusFault extends IOException {
  private static final long serialVersionUID = 1L;

  private ServiceBusFault(String doing, Throwable cause) {
    super("can't " + doing + ": " + words(cause), cause);
  }

  /** The failure that a reactive call told. */
  public static ServiceBusFault of(String doing, Throwable cause) {
    return new ServiceBusFault(doing, Exceptions.unwrap(cause));
  }

  /**
   * Makes a call and waits for its answer.
   *
   * @param doing completes the sentence "can't …"
   * @param limit of the wait
   * @return null when the answer is empty
   * @throws ServiceBusFault when it failed or took too long
   * @throws InterruptedIOException when this thread was interrupted; its flag is set again
   */
  public static <T> @Nullable T call(String doing, Mono<T> call, Duration limit)
      throws IOException {
    try {
      return call.block(limit);
    } catch (RuntimeException e) {
      throw failed(doing, e);
    }
  }

  /** The SDK and Reactor know no checked exceptions: they wrap them, or throw what they like. */
  private static IOException failed(String doing, RuntimeException e) {
    if (e.getCause() instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return (IOException) new InterruptedIOException("interrupted: " + doing).initCause(e);
    }
    return switch (Exceptions.unwrap(e)) {
      case ServiceBusFault fault -> fault;
      case IOException failure -> of(doing, failure);
      case TimeoutException late -> of(doing, late);
      case AzureException _, IllegalStateException _, IllegalArgumentException _ -> of(doing, e);
      default -> throw e;
    };
  }

  /** True when the message or its session belongs to nobody or somebody else by now. */
  public boolean isLockLost() {
    return getCause() instanceof ServiceBusException known
        && (known.getReason().equals(ServiceBusFailureReason.MESSAGE_LOCK_LOST)
            || known.getReason().equals(ServiceBusFailureReason.SESSION_LOCK_LOST)
            || known.getReason().equals(ServiceBusFailureReason.MESSAGE_NOT_FOUND));
  }

  /** The SDK puts its own context behind the service's words; those say enough. */
  private static String words(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int context = message.indexOf(", errorContext[");
    String words = context < 0 ? message : message.substring(0, context);
    return words.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }
}
