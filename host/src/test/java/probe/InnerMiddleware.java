package probe;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;

/** Signs the return value of one function. */
public class InnerMiddleware implements Middleware {
  @Override
  public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
    chain.doNext(context);
    if (context.getFunctionName().equals("ordered")) {
      context.updateReturnValue(context.getReturnValue() + " > inner");
    }
  }
}
