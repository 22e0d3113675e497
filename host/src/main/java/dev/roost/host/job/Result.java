package dev.roost.host.job;

import java.util.OptionalLong;

/**
 * What an execution came to.
 *
 * @param ending how it ended
 * @param attempts how often functions were called
 * @param done events that ended well
 * @param failed events that did not
 * @param left events that still wait; empty when nobody counted or could count them
 * @param reason why it did not succeed; empty otherwise
 */
public record Result(
    Ending ending, long attempts, long done, long failed, OptionalLong left, String reason) {}
