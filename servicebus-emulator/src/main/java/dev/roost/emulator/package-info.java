/**
 * A Service Bus namespace in memory: queues, topics and subscriptions behind an AMQP 1.0 listener
 * on the loopback address, for tests and local runs. {@link dev.roost.emulator.ServiceBusEmulator}
 * is the way in.
 */
@NullMarked
package dev.roost.emulator;

import org.jspecify.annotations.NullMarked;
