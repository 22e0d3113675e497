package dev.roost.storage.blob;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.PlainJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a function ran for a blob, or did not.
 *
 * @param verdict the answer
 * @param why the answer in a sentence
 * @param findings what was looked at on the way, in order
 */
record Explanation(Verdict verdict, String why, List<Finding> findings) {

  Explanation {
    findings = List.copyOf(findings);
  }

  /** One thing that was looked at, and what was found. */
  record Finding(String about, String found) {}

  /** All answers. */
  enum Verdict {
    UNKNOWN_FUNCTION,
    NOT_A_BLOB_TRIGGER,
    BROKEN,
    DISABLED,
    OTHER_CONTAINER,
    OTHER_NAME,
    NO_BLOB,
    POISON,
    QUEUED,
    FAILING,
    TAKEN,
    HALF_TAKEN,
    BEING_WRITTEN,
    BEFORE_START,
    NOT_SWEPT_YET,
    PASSED_OVER,
    BY_EVENT
  }

  /** For people: the answer first, the evidence below. */
  List<String> text() {
    int widest = findings.stream().mapToInt(finding -> finding.about().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(why);
    for (Finding finding : findings) {
      lines.add(
          "  "
              + finding.about()
              + " ".repeat(widest - finding.about().length() + 2)
              + finding.found());
    }
    return lines;
  }

  /** For programs. */
  ObjectNode json() {
    ObjectNode json = PlainJson.MAPPER.createObjectNode();
    json.put("verdict", verdict.name());
    json.put("why", why);
    ArrayNode list = json.putArray("findings");
    findings.forEach(
        finding -> list.addObject().put("about", finding.about()).put("found", finding.found()));
    return json;
  }
}
