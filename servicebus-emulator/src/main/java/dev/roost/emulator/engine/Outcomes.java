package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.broker.Settlement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.jspecify.annotations.Nullable;

/** What AMQP's outcomes mean to Service Bus. */
final class Outcomes {
  private Outcomes() {}

  static Settlement settlement(DeliveryState state) {
    return switch (state) {
      case Accepted _ -> new Settlement.Complete();
      case Released _ -> new Settlement.Abandon(Map.of());
      case Modified modified when Boolean.TRUE.equals(modified.getUndeliverableHere()) ->
          new Settlement.Defer(strings(modified.getMessageAnnotations()));
      case Modified modified -> new Settlement.Abandon(strings(modified.getMessageAnnotations()));
      case Rejected rejected -> new Settlement.DeadLetter(info(rejected.getError()));
      default ->
          throw new Refused(
              Conditions.NOT_IMPLEMENTED,
              "The emulator does not know the outcome " + state.getType() + ".");
    };
  }

  private static Map<String, Object> info(@Nullable ErrorCondition error) {
    return strings(error == null ? null : error.getInfo());
  }

  private static Map<String, Object> strings(@Nullable Map<?, ?> map) {
    Map<String, Object> strings = new LinkedHashMap<>();
    if (map != null) {
      map.forEach((key, value) -> strings.put(key.toString(), value));
    }
    return strings;
  }
}
