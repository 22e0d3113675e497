package dev.roost.emulator.mgmt;

import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.codec.Message;
import org.jspecify.annotations.Nullable;

/**
 * A request over AMQP.
 *
 * @param operation its application property {@code operation}; empty when it has none
 * @param body the value of its body
 */
public record Request(Message message, String operation, @Nullable Object body) {
  /** Reads a request. */
  public static Request of(Message message, Codec codec) {
    Object operation = message.applicationProperties().get("operation");
    return new Request(
        message, operation == null ? "" : operation.toString(), codec.value(message));
  }
}
