package dev.roost.host.run;

import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;

/** Runs one function with one delivery on the calling thread; never throws. */
@FunctionalInterface
public interface Invocation {
  Outcome invoke(Delivery delivery);
}
