package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.roost.servicebus.namespace.EntityPath;
import dev.roost.servicebus.namespace.Namespace;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import java.time.Duration;

/**
 * What all deliveries of one function have in common.
 *
 * @param function its name
 * @param path where its messages come from
 * @param namespace of the path
 * @param options how it is listened to
 * @param binary true when the function asks for bytes ({@code dataType} of function.json)
 * @param settlement what becomes of its messages
 * @param host the host's services
 */
record Listening(
    String function,
    EntityPath path,
    Namespace namespace,
    ServiceBusOptions options,
    boolean binary,
    Settlement settlement,
    HostServices host) {

  String reason() {
    return "New ServiceBus message detected on '" + path + "'.";
  }

  Payload payload(ServiceBusReceivedMessage message) {
    return Bodies.payload(message, binary);
  }

  /** How long settling may take: as long as the SDK tries, and a little more. */
  Duration settleLimit() {
    return namespace.tryTimeout().plus(namespace.tryTimeout());
  }
}
