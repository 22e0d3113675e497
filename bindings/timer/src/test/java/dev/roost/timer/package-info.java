/** Tests of the timer trigger: schedules as tables of values, the listener on a manual clock. */
package dev.roost.timer;
