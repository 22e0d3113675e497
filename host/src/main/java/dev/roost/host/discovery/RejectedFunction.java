package dev.roost.host.discovery;

import dev.roost.spi.Problem;
import java.util.List;

/**
 * A function that was found but can't run.
 *
 * @param name as it was written, even when that is what is wrong
 * @param problems why, at least one
 */
public record RejectedFunction(String name, List<Problem> problems) {

  public RejectedFunction {
    problems = List.copyOf(problems);
  }
}
