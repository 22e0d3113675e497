/** The functions that the benchmarks let the host run. */
@NullMarked
package dev.roost.benchmarks.app;

import org.jspecify.annotations.NullMarked;
