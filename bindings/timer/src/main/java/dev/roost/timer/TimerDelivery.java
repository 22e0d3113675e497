package dev.roost.timer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One occurrence on loan. Its body is the official TimerInfo as JSON text. Source of the form:
 * TimerInfo of the TimerTrigger extension, as the Java worker receives it.
 */
final class TimerDelivery implements Delivery {
  private final TimerTerm term;
  private final Occurrence occurrence;
  private final Instant begun;
  private final Optional<Instant> last;
  private final Payload payload;
  private final boolean late;
  private final ZoneId zone;
  private volatile boolean started;

  /**
   * @param begun the instant that counts as the beginning of the run
   * @param status what the function is shown of the runs before
   */
  TimerDelivery(TimerTerm term, Occurrence occurrence, Instant begun, ScheduleStatus status) {
    TimerSettings settings = term.timer().settings();
    this.term = term;
    this.occurrence = occurrence;
    this.begun = begun;
    this.last = status.last();
    this.zone = settings.zone();
    this.late = occurrence.late(begun, settings.policy().lateAfter());
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.putObject("Schedule").put("AdjustForDST", settings.schedule().adjustsForDst());
    info.set("ScheduleStatus", term.monitored() ? status.json(zone) : null);
    info.put("IsPastDue", late);
    this.payload = new Payload.Text(info.toString());
  }

  Occurrence occurrence() {
    return occurrence;
  }

  Instant begun() {
    return begun;
  }

  boolean late() {
    return late;
  }

  /** True when the function was called, whatever became of it. */
  boolean wasStarted() {
    return started;
  }

  @Override
  public String function() {
    return term.timer().function();
  }

  @Override
  public Payload payload() {
    return payload;
  }

  @Override
  public BindingData data() {
    return BindingData.builder()
        .text("TimerTrigger", DotNetTime.general(begun, zone))
        .json("TimerInfo", info())
        .build();
  }

  /** What a parameter of our own type TimerInfo is made of. */
  private ObjectNode info() {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("isPastDue", late);
    info.put("scheduled", occurrence.scheduled().toString());
    info.put(
        "next", term.timer().settings().schedule().nextOrNever(occurrence.scheduled()).toString());
    info.put("last", last.map(Instant::toString).orElse(null));
    info.put("reason", occurrence.reason().name());
    return info;
  }

  @Override
  public String reason() {
    return "Timer fired at " + DotNetTime.roundTrip(begun, zone);
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    if (late) {
      details.put("UnscheduledInvocationReason", "IsPastDue");
      details.put("OriginalSchedule", DotNetTime.roundTrip(occurrence.scheduled(), zone));
    } else if (occurrence.reason() == Occurrence.Reason.RUN_ON_STARTUP) {
      details.put("UnscheduledInvocationReason", "RunOnStartup");
    }
    return details;
  }

  @Override
  public void started(Running running) {
    started = true;
    term.started(running);
  }

  @Override
  public void settle(Outcome outcome) throws IOException {
    term.settle(this, outcome);
  }
}
