/**
 * What the host and its functions write: readable lines for a terminal, JSON lines for a machine,
 * each with its function and invocation id.
 */
@NullMarked
package dev.roost.host.log;

import org.jspecify.annotations.NullMarked;
