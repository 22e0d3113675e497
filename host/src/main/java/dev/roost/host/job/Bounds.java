package dev.roost.host.job;

import java.time.Duration;

/**
 * What a job may take.
 *
 * @param timeout all of it; zero for no limit
 * @param retries attempts after the first, when one invocation is the job
 * @param pause before each retry
 * @param patience how long a job that empties its sources waits without any progress while the
 *     sources still count something, such as messages that another host works on
 */
public record Bounds(Duration timeout, int retries, Duration pause, Duration patience) {}
