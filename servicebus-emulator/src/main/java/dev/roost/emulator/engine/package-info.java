/** The AMQP 1.0 peer: one event loop that owns sockets, the protocol engine and the broker. */
@NullMarked
package dev.roost.emulator.engine;

import org.jspecify.annotations.NullMarked;
