/** The command {@code roost servicebus-emulator}. */
@NullMarked
package dev.roost.emulator.cli;

import org.jspecify.annotations.NullMarked;
