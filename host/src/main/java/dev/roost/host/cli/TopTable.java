package dev.roost.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What listeners did between two answers of a host, as a table for a terminal. */
final class TopTable {
  private Map<String, JsonNode> before;
  private long at;

  TopTable(JsonNode first) {
    this.at = first.path("nanos").asLong();
    this.before = byName(first);
  }

  /** The table of the time since the last answer. */
  String next(JsonNode answer) {
    double seconds = Math.max(1e-3, (answer.path("nanos").asLong() - at) / 1e9);
    StringBuilder table =
        new StringBuilder(row("LISTENER", "BACKLOG", "IN/S", "DONE/S", "RUNNING", "LIMIT", "WHY"));
    for (JsonNode now : answer.path("listeners")) {
      JsonNode was = before.getOrDefault(now.path("name").asText(), now);
      double done = (settled(now) - settled(was)) / seconds;
      double arrived =
          Math.max(
              0, done + (now.path("backlog").asLong() - was.path("backlog").asLong()) / seconds);
      int limit = now.path("limit").asInt();
      table.append(
          row(
              now.path("name").asText(),
              now.path("backlog").asText(),
              number(arrived),
              number(done),
              now.path("inFlight").asText(),
              limit == Integer.MAX_VALUE ? "-" : Integer.toString(limit),
              now.path("why").asText()));
    }
    at = answer.path("nanos").asLong();
    before = byName(answer);
    return table.toString();
  }

  private static String row(
      String name,
      String backlog,
      String in,
      String done,
      String running,
      String limit,
      String why) {
    return String.format(
            Locale.ROOT,
            "%-28s %9s %8s %8s %8s %6s  %s",
            name.length() > 28 ? name.substring(0, 27) + "…" : name,
            backlog,
            in,
            done,
            running,
            limit,
            why)
        + System.lineSeparator();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static long settled(JsonNode listener) {
    return listener.path("settled").asLong();
  }

  private static Map<String, JsonNode> byName(JsonNode answer) {
    Map<String, JsonNode> listeners = new HashMap<>();
    answer
        .path("listeners")
        .forEach(listener -> listeners.put(listener.path("name").asText(), listener));
    return listeners;
  }
}
