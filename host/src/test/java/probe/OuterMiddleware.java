package probe;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;

/** Does to each function of {@link Ways} what its name says. */
public class OuterMiddleware implements Middleware {
  private final ClassLoader atStart = Thread.currentThread().getContextClassLoader();

  @Override
  public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
    String name = context.getParameterName("QueueTrigger");
    switch (context.getFunctionName()) {
      case "skipped" -> context.updateReturnValue("from the middleware");
      case "replaced" -> {
        context.updateParameterValue(name, new StringBuilder("new"));
        chain.doNext(context);
      }
      case "replacedBadly" -> {
        context.updateParameterValue(name, 3);
        watch(context, chain);
      }
      case "watched" -> {
        Object before = context.getParameterValue(name);
        chain.doNext(context);
        context.updateReturnValue(
            context.getReturnValue()
                + "; name="
                + name
                + " full="
                + context.getParameterName("com.microsoft.azure.functions.annotation.QueueTrigger")
                + " value="
                + before
                + " nope="
                + context.getParameterValue("nope")
                + " loader="
                + (atStart == Thread.currentThread().getContextClassLoader()));
      }
      case "twice" -> {
        chain.doNext(context);
        chain.doNext(context);
      }
      default -> watch(context, chain);
    }
  }

  private static void watch(MiddlewareContext context, MiddlewareChain chain) throws Exception {
    try {
      chain.doNext(context);
    } catch (Exception e) {
      Throwable cause = e.getCause();
      Behaviour.SEEN.add(
          e.getClass().getName() + " because " + (cause == null ? "" : cause.getMessage()));
      throw e;
    }
  }
}
