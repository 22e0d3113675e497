/** Filters and actions of a topic's subscriptions. */
@NullMarked
package dev.roost.emulator.rules;

import org.jspecify.annotations.NullMarked;
