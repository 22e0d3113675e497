package dev.roost.emulator.broker;

import dev.roost.emulator.time.Alarm;
import dev.roost.emulator.time.Alarms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Messages that wait for their time to be enqueued. */
final class Schedule {
  private record Planned(Entry entry, Alarm alarm) {}

  private final Alarms alarms;
  private final Consumer<Entry> due;
  private final Map<Long, Planned> planned = new HashMap<>();

  Schedule(Alarms alarms, Consumer<Entry> due) {
    this.alarms = alarms;
    this.due = due;
  }

  void add(Entry entry, Instant at) {
    Alarm alarm = alarms.at(at, () -> ring(entry));
    planned.put(entry.number(), new Planned(entry, alarm));
  }

  /** Takes out all of them, or none when one is missing. */
  List<Entry> cancel(Iterable<Long> numbers) {
    for (Long number : numbers) {
      if (!planned.containsKey(number)) {
        throw new Refused(
            Conditions.MESSAGE_NOT_FOUND, "No scheduled message has the number " + number + ".");
      }
    }
    List<Entry> cancelled = new ArrayList<>();
    for (Long number : numbers) {
      Planned gone = planned.remove(number);
      if (gone != null) {
        gone.alarm().cancel();
        cancelled.add(gone.entry());
      }
    }
    return cancelled;
  }

  int size() {
    return planned.size();
  }

  void clear() {
    planned.values().forEach(gone -> gone.alarm().cancel());
    planned.clear();
  }

  private void ring(Entry entry) {
    planned.remove(entry.number());
    due.accept(entry);
  }
}
