package dev.roost.timer;

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

/** One occurrence on loan. */
final class TimerDelivery implements Delivery {
  private final TimerTerm term;
  private final TimerEvent event;
  private volatile boolean started;

  /**
   * @param begun the instant that counts as the beginning of the run
   * @param status what the function is shown of the runs before
   */
  TimerDelivery(TimerTerm term, Occurrence occurrence, Instant begun, ScheduleStatus status) {
    this.term = term;
    this.event = new TimerEvent(term.timer(), occurrence, begun, status, term.monitored());
  }

  Occurrence occurrence() {
    return event.occurrence();
  }

  Instant begun() {
    return event.begun();
  }

  boolean late() {
    return event.late();
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
    return event.payload();
  }

  @Override
  public BindingData data() {
    return event.data();
  }

  @Override
  public String reason() {
    return "Timer fired at " + DotNetTime.roundTrip(begun(), zone());
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    if (late()) {
      details.put("UnscheduledInvocationReason", "IsPastDue");
      details.put("OriginalSchedule", DotNetTime.roundTrip(occurrence().scheduled(), zone()));
    } else if (occurrence().reason() == Occurrence.Reason.RUN_ON_STARTUP) {
      details.put("UnscheduledInvocationReason", "RunOnStartup");
    }
    return details;
  }

  @Override
  public Map<String, String> spanAttributes() {
    return Map.of("faas.trigger", "timer", "faas.time", begun().toString());
  }

  private ZoneId zone() {
    return term.timer().settings().zone();
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
