/**
 * The timer trigger: when a function is due and who of many hosts runs it.
 *
 * <p>{@link dev.roost.timer.Schedule} says when: an NCRONTAB expression or a TimeSpan, in a time
 * zone, by the rules of the official host. A {@code TimerSource} waits for the next occurrence
 * while this host holds the timer's lock, and hands each one to the host as a delivery.
 */
@NullMarked
package dev.roost.timer;

import org.jspecify.annotations.NullMarked;
