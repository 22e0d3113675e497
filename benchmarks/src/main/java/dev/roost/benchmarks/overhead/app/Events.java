package dev.roost.benchmarks.overhead.app;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.CustomBinding;
import java.util.List;
import java.util.Optional;

/** Does next to nothing with an event; the rest of the binding stands in function.json. */
public final class Events {

  /** A position of an order. */
  public static final class Line {
    String sku = "";
    int count;
    double price;
  }

  /** A small business document. */
  public static final class Order {
    String id = "";
    String customer = "";
    List<Line> lines = List.of();
  }

  /** A queue message as text. */
  public void queueText(
      @CustomBinding(direction = "in", name = "event", type = "benchmarkTrigger") String message) {
    check(!message.isEmpty());
  }

  /** A queue message as an object. */
  public void queueObject(
      @CustomBinding(direction = "in", name = "event", type = "benchmarkTrigger") Order order) {
    check(order.lines.size() == 3);
  }

  /** A request with text, answered with text. */
  public HttpResponseMessage httpText(
      @CustomBinding(direction = "in", name = "event", type = "benchmarkTrigger")
          HttpRequestMessage<Optional<String>> request) {
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "text/plain")
        .body(request.getBody().orElseThrow())
        .build();
  }

  /** A request with an object, answered with it. */
  public Order httpObject(
      @CustomBinding(direction = "in", name = "event", type = "benchmarkTrigger") Order order) {
    check(order.lines.size() == 3);
    return order;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("not the event that was sent");
    }
  }
}
