/**
 * The trace of every invocation. Without an exporter the sender's trace is passed on as it came;
 * with one, each attempt has a span of its own, through OpenTelemetry's API, and passes that on.
 * The SDK is loaded only when the settings ask for it.
 */
@NullMarked
package dev.roost.host.trace;

import org.jspecify.annotations.NullMarked;
