package dev.roost.host;

import dev.roost.host.invoke.Invoker;
import dev.roost.host.pause.Pauses;
import dev.roost.host.run.Backlogs;
import dev.roost.host.run.Dispatcher;
import dev.roost.host.run.Listeners;

/**
 * The parts of a host that run functions.
 *
 * @param listeners fetch events
 * @param backlogs count what waits
 * @param dispatcher runs them
 * @param invoker calls the functions
 * @param pauses say which functions are left alone
 */
record Workings(
    Listeners listeners,
    Backlogs backlogs,
    Dispatcher dispatcher,
    Invoker invoker,
    Pauses pauses) {}
