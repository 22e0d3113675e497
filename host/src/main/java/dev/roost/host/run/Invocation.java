package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Running;

/**
 * Runs one function with one delivery on the calling thread; never throws. The {@link Running} is
 * that of this call.
 */
@FunctionalInterface
public interface Invocation {
  Outcome invoke(Delivery delivery, Running running);
}
