package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Lent;
import dev.roost.emulator.broker.Queue;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;

/** Messages outside the order of the queue: peeked, or deferred and asked for. */
record ReadOperations(Queue queue) {
  /** What fits an answer. */
  private static final int MOST = 1000;

  Reply peek(Fields fields) {
    long from = fields.number("from-sequence-number").orElse(0L);
    long count = Math.clamp(fields.number("message-count").orElse(1L), 0, MOST);
    List<Map<String, Object>> messages =
        queue.peek(from, (int) count, fields.text("session-id")).stream()
            .map(bytes -> Map.<String, Object>of("message", new Binary(bytes)))
            .toList();
    return messages.isEmpty() ? Reply.nothing() : Reply.ok(Map.of("messages", messages));
  }

  Reply receive(Fields fields) {
    boolean destructive = fields.number("receiver-settle-mode").orElse(1L) == 0;
    List<Map<String, Object>> messages =
        queue
            .receiveDeferred(
                fields.numbers("sequence-numbers"), destructive, fields.text("session-id"))
            .stream()
            .map(ReadOperations::map)
            .toList();
    return Reply.ok(Map.of("messages", messages));
  }

  private static Map<String, Object> map(Lent lent) {
    return Map.of("message", lent.message(), "lock-token", lent.lockToken());
  }
}
