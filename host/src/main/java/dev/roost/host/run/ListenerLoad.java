package dev.roost.host.run;

import java.util.List;

/**
 * What one listener does now.
 *
 * @param functions whom it serves
 * @param inFlight events fetched and not settled
 * @param limit how many may be
 * @param why the limit is what it is, or why nothing begins
 * @param settled events settled since the host started
 * @param line events that wait in this host, such as HTTP requests
 */
public record ListenerLoad(
    List<String> functions, int inFlight, int limit, String why, long settled, int line) {}
