package dev.roost.host.export;

import java.util.List;

/**
 * How an app's functions are scaled.
 *
 * @param rules one for each source that a scaler can see; none twice
 * @param always why one replica has to run always; empty when it may go to zero
 * @param warnings what a person should know
 * @param http the functions that answer requests
 * @param others the functions that don't
 */
record Scaling(
    List<Rule> rules,
    List<String> always,
    List<String> warnings,
    List<String> http,
    List<String> others) {}
