/**
 * Request and response over AMQP: put-token at {@code $cbs} and the operations of {@code
 * $management}.
 */
@NullMarked
package dev.roost.emulator.mgmt;

import org.jspecify.annotations.NullMarked;
