/**
 * One call of a function at a time over all hosts: what a function's {@code singleton} says, and
 * the waiting before its call.
 */
@NullMarked
package dev.roost.host.singleton;

import org.jspecify.annotations.NullMarked;
