package dev.roost.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * One message that a function composed itself, inside a {@link Payload.Native}: its body is sent as
 * one message whatever it looks like.
 *
 * @param body text, bytes or JSON
 * @param delay how long it stays invisible; empty for not at all
 * @param timeToLive how long it lives; empty for the queue's own limit, zero for ever
 */
public record OutgoingMessage(
    Payload body, Optional<Duration> delay, Optional<Duration> timeToLive) {}
