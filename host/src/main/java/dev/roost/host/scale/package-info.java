/**
 * How many hosts are wanted, told to whoever starts and stops them: an HTTP endpoint for KEDA's
 * metrics-api scaler, served by every host and by {@code roost scaler}.
 */
@NullMarked
package dev.roost.host.scale;

import org.jspecify.annotations.NullMarked;
