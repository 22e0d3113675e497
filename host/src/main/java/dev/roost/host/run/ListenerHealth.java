package dev.roost.host.run;

import dev.roost.spi.Health;
import java.util.Map;

/**
 * How one listener is.
 *
 * @param name its functions
 * @param health what it says
 * @param details what its source tells of itself, by name
 * @param inFlight events fetched and not settled yet
 */
public record ListenerHealth(
    String name, Health health, Map<String, String> details, int inFlight) {}
