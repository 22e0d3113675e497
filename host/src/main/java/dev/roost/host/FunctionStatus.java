package dev.roost.host;

import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.util.List;

/**
 * One function of the app, as the host sees it.
 *
 * @param name its name
 * @param triggerType the type of its trigger; empty when it was never read so far
 * @param condition whether it runs
 * @param trigger its URL, queue, path or schedule, for people; empty when it does not run
 * @param problems why it failed; empty otherwise
 */
public record FunctionStatus(
    String name, String triggerType, Condition condition, String trigger, List<Problem> problems) {

  public FunctionStatus {
    problems = List.copyOf(problems);
  }

  static FunctionStatus listening(FunctionDefinition definition, String trigger) {
    return new FunctionStatus(
        definition.name(), definition.trigger().type(), Condition.LISTENING, trigger, List.of());
  }

  static FunctionStatus disabled(FunctionDefinition definition) {
    return new FunctionStatus(
        definition.name(), definition.trigger().type(), Condition.DISABLED, "disabled", List.of());
  }

  static FunctionStatus failed(FunctionDefinition definition, List<Problem> problems) {
    return new FunctionStatus(
        definition.name(), definition.trigger().type(), Condition.FAILED, "", problems);
  }

  static FunctionStatus rejected(String name, List<Problem> problems) {
    return new FunctionStatus(name, "", Condition.FAILED, "", problems);
  }

  /** What became of a function at start. */
  public enum Condition {
    LISTENING,
    DISABLED,
    FAILED
  }
}
