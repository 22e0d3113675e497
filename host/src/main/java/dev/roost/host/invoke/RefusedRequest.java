package dev.roost.host.invoke;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import dev.roost.spi.RequestFault;
import java.util.List;

/**
 * A request whose body, query or route does not fit a parameter: its sender is told with 400 and a
 * problem document (RFC 9457) what is wrong and where, but nothing of the app's classes.
 */
final class RefusedRequest extends ConversionException implements RequestFault {
  private final transient HttpResponse response;

  /**
   * @param told with function and type, for the log
   * @param why without them, for the sender
   * @param label names the parameter
   */
  RefusedRequest(ConversionException told, ConversionException why, String label) {
    super(String.valueOf(told.getMessage()));
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("title", "Bad Request");
    problem.put("status", 400);
    problem.put("detail", label + ": " + why.getMessage());
    if (!why.field().isEmpty()) {
      problem.put("field", why.field());
    }
    this.response =
        new HttpResponse(
            400,
            List.of(new HttpResponse.Header("Content-Type", "application/problem+json")),
            new Payload.Json(problem));
  }

  @Override
  public HttpResponse response() {
    return response;
  }
}
