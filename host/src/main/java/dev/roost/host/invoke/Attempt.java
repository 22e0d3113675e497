package dev.roost.host.invoke;

import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import dev.roost.spi.Delivery;
import dev.roost.spi.RetryPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * One try of a function with an event.
 *
 * @param function what runs
 * @param delivery the event
 * @param id the invocation id
 * @param retry which try it is
 */
record Attempt(Function function, Delivery delivery, String id, Try retry) {

  /** True when this host makes no other attempt with this delivery. */
  boolean isLast() {
    return retry.maximum() != RetryPolicy.FOR_EVER && retry.count() >= retry.maximum();
  }

  /**
   * Which try it is, as the user sees it.
   *
   * @param count retries so far
   * @param maximum retries at most; 0 without a policy
   * @param previous why the previous try failed
   */
  record Try(int count, int maximum, @Nullable Throwable previous) implements RetryContext {
    static final Try ONLY = new Try(0, 0, null);

    static Try delivered(long deliveries, int maximum) {
      return new Try((int) Math.min(Integer.MAX_VALUE, deliveries - 1), maximum, null);
    }

    @Override
    public int getRetrycount() {
      return count;
    }

    @Override
    public int getMaxretrycount() {
      return maximum;
    }

    @Override
    public RpcException getException() {
      return new Failure(previous);
    }
  }

  /** A failure as the user sees it; all texts are empty when there was none. */
  record Failure(@Nullable Throwable failure) implements RpcException {
    @Override
    public String getSource() {
      return "";
    }

    @Override
    public String getMessage() {
      return failure == null ? "" : Failures.inWords(failure);
    }

    @Override
    public String getStacktrace() {
      if (failure == null) {
        return "";
      }
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
