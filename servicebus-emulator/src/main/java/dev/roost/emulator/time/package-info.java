/** The emulator's time: a clock that can be moved ahead, and the alarms that wait for it. */
@NullMarked
package dev.roost.emulator.time;

import org.jspecify.annotations.NullMarked;
