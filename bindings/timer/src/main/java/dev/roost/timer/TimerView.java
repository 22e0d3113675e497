package dev.roost.timer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Singletons;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A timer as people see it: what it will do, who does it, and what was done. The command and the
 * admin API show the same.
 *
 * @param timer which
 * @param now when it was looked at
 * @param next the next five occurrences
 * @param holder who runs it; empty when nobody said so
 * @param remembered what the hosts remember of it
 * @param trouble what could not be read; empty when all was
 */
record TimerView(
    Timer timer,
    Instant now,
    List<Instant> next,
    Optional<Singletons.Holder> holder,
    Occurrences remembered,
    String trouble) {

  static TimerView of(Timer timer) {
    Instant now = timer.now();
    List<Instant> next = Forecast.next(timer.settings(), now).toList();
    try {
      return new TimerView(
          timer,
          now,
          next,
          timer.host().singletons().holder(timer.lock()),
          new History(timer).read(),
          "");
    } catch (IOException e) {
      return new TimerView(
          timer,
          now,
          next,
          Optional.empty(),
          Occurrences.NONE,
          "What the timer remembers can't be read: " + e.getMessage());
    }
  }

  /** What it waits for and what ran last; empty when it never ran or remembers nothing. */
  Optional<ScheduleStatus> status() {
    return remembered.status();
  }

  ObjectNode json() {
    TimerSettings settings = timer.settings();
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("function", timer.function());
    view.put("schedule", settings.text());
    view.put("timeZone", settings.zone().getId());
    holder.ifPresent(by ->
        view.putObject("holder")
            .put("instance", by.instance())
            .put("renewed", by.renewed().toString())
            .put("until", by.until().toString()));
    status()
        .ifPresent(status -> {
          ObjectNode waits = view.putObject("status");
          status.last().ifPresent(last -> waits.put("last", last.toString()));
          waits.put("next", status.next().toString());
        });
    ArrayNode list = view.putArray("next");
    next.forEach(due ->
        list.addObject()
            .put("local", DotNetTime.json(due, settings.zone()))
            .put("utc", due.toString()));
    ArrayNode history = view.putArray("history");
    remembered.runs().forEach(run -> history.add(run.json()));
    if (!trouble.isEmpty()) {
      view.put("historyError", trouble);
    }
    return view;
  }
}
