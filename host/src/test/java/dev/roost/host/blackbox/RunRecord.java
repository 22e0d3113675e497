package dev.roost.host.blackbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one host process began and ended of one function, read from the lines that it wrote before
 * it died. A line is in the pipe when the host goes on, so a kill can't take it back.
 *
 * @param begun every run, in order
 * @param deleted the ids of messages that are done for good
 * @param halfTakenIn blobs that the scanner may have enqueued without noting it
 */
record RunRecord(List<Run> begun, Set<String> deleted, Set<String> halfTakenIn) {
  private static final Pattern EXECUTING =
      Pattern.compile("\\[(\\w+) (\\S+)]: Executing '.*' \\(Reason='(.*)', Id=");
  private static final Pattern DETAILS =
      Pattern.compile("\\[(\\w+) (\\S+)]: Trigger Details: MessageId: ([^,]+),");
  private static final Pattern DELETED = Pattern.compile("Message (\\S+) of queue '.*' is deleted");
  private static final Pattern TAKING_IN = Pattern.compile("Blob (\\S+) is being taken in for");
  private static final Pattern TAKEN_IN = Pattern.compile("Blob (\\S+) is taken in for");

  /**
   * A run that began.
   *
   * @param message the id of the message that started it
   * @param reason the official reason, which names the blob
   */
  record Run(String message, String reason) {}

  /** What {@code host} did for {@code function}. */
  static RunRecord of(HostProcess host, String function) {
    RunRecord record = new RunRecord(new ArrayList<>(), new TreeSet<>(), new TreeSet<>());
    Map<String, String> reasons = new HashMap<>();
    for (String line : host.lines()) {
      found(EXECUTING, line).forEach(found -> reasons.put(found.group(2), found.group(3)));
      found(DETAILS, line)
          .filter(found -> found.group(1).equals(function))
          .forEach(found ->
              record.begun.add(new Run(found.group(3), reasons.getOrDefault(found.group(2), ""))));
      found(DELETED, line).forEach(found -> record.deleted.add(found.group(1)));
      found(TAKING_IN, line).forEach(found -> record.halfTakenIn.add(found.group(1)));
      found(TAKEN_IN, line).forEach(found -> record.halfTakenIn.remove(found.group(1)));
    }
    return record;
  }

  /** Runs whose message was not deleted. */
  int inFlight() {
    return (int) begun.stream().filter(run -> !deleted.contains(run.message)).count();
  }

  private static Stream<Matcher> found(Pattern pattern, String line) {
    return Stream.of(pattern.matcher(line)).filter(Matcher::find);
  }
}
