/** Measurements of the packaged host, each a main of its own; figures are in docs/benchmarks.md. */
@NullMarked
package dev.roost.benchmarks;

import org.jspecify.annotations.NullMarked;
