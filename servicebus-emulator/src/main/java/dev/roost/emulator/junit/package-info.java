/** The emulator as a JUnit 5 extension. JUnit is an optional dependency of the module. */
@NullMarked
package dev.roost.emulator.junit;

import org.jspecify.annotations.NullMarked;
