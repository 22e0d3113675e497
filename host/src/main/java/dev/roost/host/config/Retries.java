package dev.roost.host.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a {@code retry} section of host.json or function.json. */
public final class Retries {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Retries() {}

  /**
   * The policy of a section.
   *
   * @param retry the section
   * @param where the file, for problems
   * @param problems told of every mistake; the policy is then empty
   */
  public static Optional<RetryPolicy> read(ObjectNode retry, String where, List<Problem> problems) {
    int before = problems.size();
    JsonNode strategy = HostJson.find(retry, "strategy");
    String name = strategy.isMissingNode() ? "exponentialBackoff" : strategy.asText();
    JsonNode countNode = HostJson.find(retry, "maxRetryCount");
    if (!countNode.isNull() && !countNode.isMissingNode() && !countNode.isIntegralNumber()) {
      problems.add(
          problem(where, "maxRetryCount", countNode, "Write a whole number, or -1 for ever."));
    }
    int count = countNode.asInt(0);
    if (count < RetryPolicy.FOR_EVER) {
      problems.add(
          problem(where, "maxRetryCount", countNode, "Write a whole number, or -1 for ever."));
    }
    RetryPolicy policy;
    if (name.equalsIgnoreCase("fixedDelay")) {
      policy = new RetryPolicy.FixedDelay(count, span(retry, where, "delayInterval", problems));
    } else if (name.equalsIgnoreCase("exponentialBackoff")) {
      policy =
          new RetryPolicy.ExponentialBackoff(
              count,
              span(retry, where, "minimumInterval", problems),
              span(retry, where, "maximumInterval", problems));
    } else {
      problems.add(problem(where, "strategy", strategy, "Write fixedDelay or exponentialBackoff."));
      return Optional.empty();
    }
    return problems.size() == before ? Optional.of(policy) : Optional.empty();
  }

  private static Duration span(ObjectNode retry, String where, String key, List<Problem> problems) {
    JsonNode node = HostJson.find(retry, key);
    Optional<Duration> span = TimeSpans.parse(node.asText(""));
    if (span.isEmpty() || span.get().isNegative()) {
      problems.add(problem(where, key, node, "Write a time span, for example \"00:00:10\"."));
    }
    return span.map(value -> value.compareTo(LONGEST) < 0 ? value : LONGEST).orElse(Duration.ZERO);
  }

  private static Problem problem(String where, String key, JsonNode found, String remedy) {
    return new Problem(
        where, "retry." + key, found.isMissingNode() ? "is missing" : "is " + found, remedy);
  }
}
