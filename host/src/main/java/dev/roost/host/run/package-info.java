/**
 * How an event gets from its source to its function and back: a {@link dev.roost.host.run.PullLoop}
 * asks, a {@link dev.roost.host.run.Gate} admits, a {@link dev.roost.host.run.Dispatcher} invokes,
 * renews and settles. The one clock and the one waiter live here too.
 */
@NullMarked
package dev.roost.host.run;

import org.jspecify.annotations.NullMarked;
