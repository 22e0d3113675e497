package dev.roost.host.invoke;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import java.util.List;

/**
 * The app's middlewares around one call. Each step is taken once: a second {@code doNext} of the
 * same middleware does nothing. Used by one thread.
 */
final class Chain implements MiddlewareChain {
  /** What stands at the end of the chain. */
  interface Call {
    void run() throws Exception;
  }

  private final List<Middleware> middlewares;
  private final Call last;
  private int taken;

  Chain(List<Middleware> middlewares, Call last) {
    this.middlewares = middlewares;
    this.last = last;
  }

  @Override
  public void doNext(MiddlewareContext context) throws Exception {
    int step = taken++;
    if (step < middlewares.size()) {
      middlewares.get(step).invoke(context, this);
    } else if (step == middlewares.size()) {
      last.run();
    }
  }
}
