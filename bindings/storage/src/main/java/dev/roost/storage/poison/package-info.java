/**
 * The poison desk: {@code roost poison} lists what failed for good, tells why, puts it back to
 * where it came from, or drops it. {@link dev.roost.storage.poison.PoisonCommands} offers the
 * commands; a {@code PoisonPlace} knows the poison queue and its origin, a {@code PoisonWalk} goes
 * through its messages once, and {@code Redrive} moves them without losing one.
 */
@NullMarked
package dev.roost.storage.poison;

import org.jspecify.annotations.NullMarked;
