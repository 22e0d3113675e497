/**
 * How many events may run at once, as arithmetic: no thread, no clock and no I/O. A {@link
 * dev.roost.host.limit.Limit} is told what was observed and says a number and why; {@code
 * dev.roost.host.run.Gate} admits by it. Numbers and their reasons: docs/notes/limits.md.
 */
@NullMarked
package dev.roost.host.limit;

import org.jspecify.annotations.NullMarked;
