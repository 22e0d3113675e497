package dev.roost.emulator.broker;

/**
 * How many messages of a queue or subscription are in which state.
 *
 * @param active waiting to be received; without the locked ones, which Azure counts here too
 * @param receivers links that receive, those that hold a session among them
 */
public record Counts(
    int active, int locked, int deferred, int scheduled, int deadLettered, int receivers) {}
