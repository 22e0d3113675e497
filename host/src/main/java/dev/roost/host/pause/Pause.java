package dev.roost.host.pause;

import java.time.Instant;

/**
 * A function is to be left alone for a while.
 *
 * @param function its name
 * @param until when it goes on by itself
 * @param reason what the operator said; may be empty
 */
public record Pause(String function, Instant until, String reason) {}
