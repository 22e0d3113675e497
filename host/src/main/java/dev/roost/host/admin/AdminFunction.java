package dev.roost.host.admin;

import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One function as the admin API shows it.
 *
 * @param name its name
 * @param definition what was read of it; empty when it could not be read
 * @param disabled true when a setting switches it off
 * @param trigger its URL, queue, path or schedule, for people
 * @param problems why it does not run; empty otherwise
 */
public record AdminFunction(
    String name,
    Optional<FunctionDefinition> definition,
    boolean disabled,
    String trigger,
    List<Problem> problems) {}
