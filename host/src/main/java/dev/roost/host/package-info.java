/**
 * The host itself: what it lends its bindings, how it starts in order and stops in reverse. {@link
 * dev.roost.host.Host} is the only place that wires parts together.
 */
@NullMarked
package dev.roost.host;

import org.jspecify.annotations.NullMarked;
