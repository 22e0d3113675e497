package dev.roost.storage.poison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command did so far, also when it ended in the middle. */
final class Tally {
  private final List<String> settled = new ArrayList<>();
  private final Map<String, String> leftAlone = new LinkedHashMap<>();

  /**
   * Counts a message.
   *
   * @param refusal why it was left alone; empty when it was settled
   */
  void count(PoisonMessage message, Optional<String> refusal) {
    refusal.ifPresentOrElse(
        why -> leftAlone.put(message.id(), why), () -> settled.add(message.id()));
  }

  int settled() {
    return settled.size();
  }

  /** The ids of those that were settled. */
  List<String> ids() {
    return List.copyOf(settled);
  }

  /** By id, why a message was left alone. */
  Map<String, String> leftAlone() {
    return Collections.unmodifiableMap(leftAlone);
  }
}
