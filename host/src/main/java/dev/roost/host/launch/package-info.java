/**
 * Gives the JVM the environment and the working directory that the app expects, before any of its
 * code runs: the process replaces itself by one that has them.
 */
@NullMarked
package dev.roost.host.launch;

import org.jspecify.annotations.NullMarked;
