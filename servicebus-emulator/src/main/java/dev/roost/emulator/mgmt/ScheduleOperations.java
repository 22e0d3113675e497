package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Destination;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.codec.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;

/** Messages for later. */
record ScheduleOperations(Destination destination, Codec codec) {

  Reply schedule(Fields fields) {
    List<Message> messages =
        fields.maps("messages").stream().map(each -> codec.decode(bytes(each))).toList();
    // An array of boxed numbers: the encoder cannot put a long[] into a map.
    Long[] numbers = messages.stream().map(destination::schedule).toArray(Long[]::new);
    return Reply.ok(Map.of("sequence-numbers", numbers));
  }

  Reply cancel(Fields fields) {
    destination.cancelScheduled(fields.numbers("sequence-numbers"));
    return Reply.ok(Map.of());
  }

  private static byte[] bytes(Fields fields) {
    Binary message =
        fields
            .get("message", Binary.class)
            .orElseThrow(
                () -> new Refused(Conditions.ARGUMENT_ERROR, "A message to schedule is binary."));
    int from = message.getArrayOffset();
    return Arrays.copyOfRange(message.getArray(), from, from + message.getLength());
  }
}
