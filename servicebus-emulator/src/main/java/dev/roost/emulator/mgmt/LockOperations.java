package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.broker.Settlement;
import dev.roost.emulator.time.EmulatorClock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Locks of messages, by token. */
record LockOperations(Queue queue, EmulatorClock clock) {

  Reply renew(Fields fields) {
    List<UUID> tokens = fields.uuids("lock-tokens");
    Date[] ends =
        tokens.stream()
            .map(token -> Date.from(clock.told(queue.renew(token))))
            .toArray(Date[]::new);
    return Reply.ok(Map.of("expirations", ends));
  }

  Reply update(Fields fields) {
    Settlement settlement = settlement(fields);
    fields.uuids("lock-tokens").forEach(token -> queue.settle(token, settlement));
    return Reply.ok(Map.of());
  }

  private static Settlement settlement(Fields fields) {
    Map<String, Object> properties = fields.properties("properties-to-modify");
    String status = fields.required("disposition-status");
    return switch (status) {
      case "completed" -> new Settlement.Complete();
      case "abandoned" -> new Settlement.Abandon(properties);
      // Clients spell it so.
      case "defered" -> new Settlement.Defer(properties);
      case "suspended" -> {
        fields
            .text("deadletter-reason")
            .ifPresent(reason -> properties.put(Settlement.DeadLetter.REASON, reason));
        fields
            .text("deadletter-description")
            .ifPresent(more -> properties.put(Settlement.DeadLetter.DESCRIPTION, more));
        yield new Settlement.DeadLetter(properties);
      }
      default ->
          throw new Refused(
              Conditions.ARGUMENT_ERROR, "Unknown disposition-status '" + status + "'.");
    };
  }
}
