/**
 * The trigger: messages of queues, subscriptions and sessions, received one for one as the gate
 * gives permits, renewed while their function runs, and settled by its outcome.
 */
@NullMarked
package dev.roost.servicebus.trigger;

import org.jspecify.annotations.NullMarked;
