package dev.roost.storage.poison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.util.ArrayList;
import java.util.List;

/** Poison messages as people and programs read them. */
final class PoisonText {
  private static final int WIDEST = 120;
  private static final String NO_RECORD = "no record: poisoned by another host";

  private PoisonText() {}

  /** One line for each message; never a body. */
  static List<String> table(List<PoisonMessage> messages) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "POISONED ON", "FUNCTION", "ATTEMPTS", "WHY"));
    for (PoisonMessage message : messages) {
      rows.add(
          List.of(
              message.id(),
              message.poisonedOn().toString(),
              message.function().orElse("-"),
              message.record().map(record -> Long.toString(record.dequeueCount())).orElse("-"),
              why(message)));
    }
    int[] widths = new int[4];
    rows.forEach(row -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    });
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.append(row.getLast()).toString();
  }

  private static String why(PoisonMessage message) {
    String blob = message.blob().map(about -> "blob " + about.path() + ": ").orElse("");
    String text =
        message
            .record()
            .map(record -> record.exception().orElseGet(record::reason))
            .orElse(NO_RECORD);
    String line = blob + text.lines().findFirst().orElse("");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }

  /** All that is known of a message, its body last. */
  static List<String> page(PoisonMessage message) {
    List<String> lines = new ArrayList<>();
    lines.add("message      " + message.id());
    lines.add("poisoned on  " + message.poisonedOn());
    message.function().ifPresent(function -> lines.add("function     " + function));
    message.blob().ifPresent(blob -> lines.add("blob         " + blob.path() + " " + blob.etag()));
    message
        .record()
        .ifPresentOrElse(
            record -> record(record, lines), () -> lines.add("why          " + NO_RECORD));
    lines.add("body:");
    message.body().lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static void record(PoisonRecord record, List<String> lines) {
    lines.add("why          " + record.reason());
    record.text("messageId").ifPresent(id -> lines.add("was message  " + id));
    record.text("insertedOn").ifPresent(on -> lines.add("added on     " + on));
    for (JsonNode attempt : record.attempts()) {
      lines.add(
          "attempt %s   %s, invocation %s, host %s"
              .formatted(
                  attempt.path("dequeueCount").asText(),
                  attempt.path("failedOn").asText(),
                  attempt.path("invocationId").asText(),
                  attempt.path("host").asText()));
      attempt.path("stack").asText().lines().forEach(line -> lines.add("    " + line));
    }
  }

  /** A message for programs. */
  static ObjectNode json(PoisonMessage message, boolean withBody) {
    ObjectNode json = PlainJson.MAPPER.createObjectNode();
    json.put("id", message.id());
    json.put("poisonedOn", message.poisonedOn().toString());
    message.function().ifPresent(function -> json.put("function", function));
    message.blob().ifPresent(blob -> json.put("blob", blob.path().toString()));
    message.record().ifPresent(record -> json.set("record", record.json()));
    if (withBody) {
      json.put("body", message.body());
      json.put("wire", message.wire());
    }
    return json;
  }

  /** What a look found, for programs. */
  static ObjectNode json(PoisonPlace place, PoisonDesk.Look look, boolean withBodies) {
    ObjectNode json = PlainJson.MAPPER.createObjectNode();
    json.put("queue", place.queue());
    json.put("total", look.total());
    json.put("complete", look.complete());
    ArrayNode messages = json.putArray("messages");
    look.messages().forEach(message -> messages.add(json(message, withBodies)));
    return json;
  }

  /** What a command did, for programs. */
  static ObjectNode json(PoisonPlace place, String verb, Tally tally) {
    ObjectNode json = PlainJson.MAPPER.createObjectNode();
    json.put("queue", place.queue());
    ArrayNode ids = json.putArray(verb);
    tally.ids().forEach(ids::add);
    ObjectNode left = json.putObject("leftAlone");
    tally.leftAlone().forEach(left::put);
    return json;
  }
}
