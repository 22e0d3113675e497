package dev.roost.benchmarks.http.app;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.gson.Gson;
import java.io.IOException;

/** The same for java-function-invoker. */
public final class InvokerFunction implements HttpFunction {
  private static final Gson GSON = new Gson();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (request.getMethod().equals("GET")) {
      response.setContentType("text/plain");
      response.getWriter().write("Hello, world!");
    } else {
      response.setContentType("application/json");
      response.getWriter().write(GSON.toJson(GSON.fromJson(request.getReader(), Order.class)));
    }
  }
}
