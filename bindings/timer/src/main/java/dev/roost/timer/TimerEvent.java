package dev.roost.timer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.Payload;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a function is told of one run. Source of the official form: TimerInfo of the TimerTrigger
 * extension, as the Java worker receives it.
 *
 * @param timer whose run
 * @param occurrence what it serves
 * @param begun the instant that counts as the beginning of the run
 * @param status the runs before
 * @param monitored true when the official host would show them
 */
record TimerEvent(
    Timer timer, Occurrence occurrence, Instant begun, ScheduleStatus status, boolean monitored) {

  private ZoneId zone() {
    return timer.settings().zone();
  }

  boolean late() {
    return occurrence.late(begun, timer.settings().policy().lateAfter());
  }

  /** The official TimerInfo as JSON text. */
  Payload payload() {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.putObject("Schedule").put("AdjustForDST", timer.settings().schedule().adjustsForDst());
    info.set("ScheduleStatus", monitored ? status.json(zone()) : null);
    info.put("IsPastDue", late());
    return new Payload.Text(info.toString());
  }

  BindingData data() {
    return BindingData.builder()
        .text("TimerTrigger", DotNetTime.general(begun, zone()))
        .json("TimerInfo", info())
        .build();
  }

  /** What a parameter of our own type TimerInfo is made of. */
  private ObjectNode info() {
    Instant scheduled = occurrence.scheduled();
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("isPastDue", late());
    info.put("scheduled", scheduled.toString());
    info.put("begun", begun.toString());
    info.put("next", timer.settings().schedule().nextOrNever(scheduled).toString());
    info.put("last", status.last().map(Instant::toString).orElse(null));
    info.put("reason", occurrence.reason().name());
    return info;
  }
}
