package dev.roost.host;

import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.util.List;

/**
 * One function of the app, as the host sees it.
 *
 * @param definition what it is
 * @param condition whether it runs
 * @param trigger its URL, queue, path or schedule, for people; empty when it does not run
 * @param problems why it failed; empty otherwise
 */
record FunctionStatus(
    FunctionDefinition definition, Condition condition, String trigger, List<Problem> problems) {

  FunctionStatus {
    problems = List.copyOf(problems);
  }

  /** What became of a function at start. */
  enum Condition {
    LISTENING,
    DISABLED,
    FAILED
  }
}
