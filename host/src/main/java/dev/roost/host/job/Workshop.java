package dev.roost.host.job;

import dev.roost.host.run.Dispatcher;
import dev.roost.host.run.Listeners;
import dev.roost.spi.HostClock;
import java.time.Duration;

/**
 * What a host that only works on a job offers it.
 *
 * @param listeners of the job's functions, not started
 * @param dispatcher runs their events
 * @param clock the time
 * @param drainLimit how long what runs may take once the job is told to end
 * @param book where executions are written down
 */
public record Workshop(
    Listeners listeners,
    Dispatcher dispatcher,
    HostClock clock,
    Duration drainLimit,
    JobBook book) {}
