package dev.roost.emulator.broker;

import dev.roost.emulator.time.Alarm;
import dev.roost.emulator.time.Alarms;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Messages that wait for their time to be enqueued. */
final class Schedule {
  private record Planned(Entry entry, Alarm alarm) {}

  private final Alarms alarms;
  private final Consumer<Entry> due;
  private final NavigableMap<Long, Planned> planned = new TreeMap<>();

  Schedule(Alarms alarms, Consumer<Entry> due) {
    this.alarms = alarms;
    this.due = due;
  }

  void add(Entry entry, Instant at) {
    Alarm alarm = alarms.at(at, () -> ring(entry));
    planned.put(entry.number(), new Planned(entry, alarm));
  }

  /** Takes out all of them, or none when one is missing. */
  void cancel(Iterable<Long> numbers) {
    for (Long number : numbers) {
      if (!planned.containsKey(number)) {
        throw new Refused(
            Conditions.MESSAGE_NOT_FOUND, "No scheduled message has the number " + number + ".");
      }
    }
    for (Long number : numbers) {
      Planned gone = planned.remove(number);
      if (gone != null) {
        gone.alarm().cancel();
      }
    }
  }

  /** In the order of their numbers. */
  Stream<Entry> entries(long from) {
    return planned.tailMap(from).values().stream().map(Planned::entry);
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
