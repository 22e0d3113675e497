package dev.roost.host.run;

import dev.roost.spi.Backlog;
import java.util.List;

/**
 * What waits for the functions of one listener.
 *
 * @param functions their names
 * @param backlog what waits
 */
public record FunctionBacklog(List<String> functions, Backlog backlog) {}
