package dev.roost.host.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Concurrency;
import java.util.OptionalInt;

/**
 * {@code concurrency} of host.json.
 *
 * @param concurrency who decides
 * @param most {@code maximumFunctionConcurrency}; empty when the app did not write it
 * @param cpuThreshold the part of the CPU that the process may use; 1 when the app did not write it
 * @param snapshots whether limits outlive the process
 */
public record LimitOptions(
    Concurrency concurrency, OptionalInt most, double cpuThreshold, boolean snapshots) {
  private static final int MOST = 500;

  /** HTTP callers wait: a number that is met sooner would be felt by those that stream or poll. */
  private static final int MOST_ANSWERED = 5000;

  /** Reads the section, whose form the schema has checked. */
  public static LimitOptions read(ObjectNode section) {
    JsonNode enabled = section.path("dynamicConcurrencyEnabled");
    int most = section.path("maximumFunctionConcurrency").asInt(0);
    return new LimitOptions(
        enabled.isMissingNode() || enabled.isNull()
            ? Concurrency.CEILED
            : enabled.asText().equalsIgnoreCase("true") ? Concurrency.DYNAMIC : Concurrency.STATIC,
        most == 0 ? OptionalInt.empty() : OptionalInt.of(most < 0 ? Integer.MAX_VALUE : most),
        section.path("cpuThreshold").asDouble(1),
        !section.path("snapshotPersistenceEnabled").asText("true").equalsIgnoreCase("false"));
  }

  /** The most of one source. */
  public int most(boolean answers) {
    return most.orElse(answers ? MOST_ANSWERED : MOST);
  }
}
