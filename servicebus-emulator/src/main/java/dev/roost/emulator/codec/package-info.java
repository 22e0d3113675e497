/** Messages as bytes: sections of AMQP 1.0, batches, and what the broker adds to them. */
@NullMarked
package dev.roost.emulator.codec;

import org.jspecify.annotations.NullMarked;
