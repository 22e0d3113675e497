package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * The answer to a request.
 *
 * @param status as in HTTP
 * @param condition what went wrong, as an AMQP error condition
 */
public record Reply(
    int status, String description, Optional<String> condition, Map<String, Object> body) {
  /** Done. */
  public static Reply ok(Map<String, Object> body) {
    return new Reply(200, "OK", Optional.empty(), body);
  }

  /** Done, and nothing there. */
  public static Reply nothing() {
    return new Reply(204, "No content", Optional.empty(), Map.of());
  }

  /** Not done. */
  public static Reply refused(Refused why) {
    int status =
        switch (why.condition()) {
          case Conditions.MESSAGE_LOCK_LOST, Conditions.SESSION_LOCK_LOST -> 410;
          case Conditions.NOT_FOUND, Conditions.MESSAGE_NOT_FOUND -> 404;
          case Conditions.CONFLICT, Conditions.SESSION_CANNOT_BE_LOCKED -> 409;
          case Conditions.UNAUTHORIZED -> 401;
          case Conditions.TIMEOUT -> 408;
          case Conditions.SERVER_BUSY -> 503;
          case Conditions.NOT_IMPLEMENTED -> 501;
          default -> 400;
        };
    return new Reply(status, why.description(), Optional.of(why.condition()), Map.of());
  }

  /** Its application properties. */
  public Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("statusCode", status);
    properties.put("statusDescription", description);
    condition.ifPresent(name -> properties.put("errorCondition", Symbol.valueOf(name)));
    return properties;
  }
}
