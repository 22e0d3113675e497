package dev.roost.host.run;

import dev.roost.spi.Health;

/**
 * How one listener is.
 *
 * @param name its functions
 * @param health what it says
 * @param inFlight events fetched and not settled yet
 */
public record ListenerHealth(String name, Health health, int inFlight) {}
