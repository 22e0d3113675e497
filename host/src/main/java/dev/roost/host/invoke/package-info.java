/**
 * From an event to the user's method and back: a function is bound once to a method handle with a
 * plan for each parameter and output, and every invocation then converts its arguments, runs the
 * app's middlewares and the method, and writes the outputs. Retry and time limit wrap that as
 * steps. Values of users are converted with Gson, as the official worker does.
 */
@NullMarked
package dev.roost.host.invoke;

import org.jspecify.annotations.NullMarked;
