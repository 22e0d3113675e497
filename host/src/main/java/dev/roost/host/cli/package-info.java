/** The command line: {@code roost start}, {@code roost list}, {@code roost validate}. */
@NullMarked
package dev.roost.host.cli;

import org.jspecify.annotations.NullMarked;
