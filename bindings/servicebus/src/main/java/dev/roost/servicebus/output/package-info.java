/** Messages that leave: values of functions, answers to a message's sender, later tries. */
@NullMarked
package dev.roost.servicebus.output;

import org.jspecify.annotations.NullMarked;
