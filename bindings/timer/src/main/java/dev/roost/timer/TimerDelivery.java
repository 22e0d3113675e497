package dev.roost.timer;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** One occurrence on loan. */
final class TimerDelivery implements Delivery {
  private final TimerTerm term;
  private final TimerEvent event;
  private volatile boolean started;

  TimerDelivery(TimerTerm term, TimerEvent event) {
    this.term = term;
    this.event = event;
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

  /** Counts the start, and says so when it is late. */
  void tell(TimerLog log) {
    if (occurrence().reason().bySchedule()) {
      event.timer().tally().began(occurrence().lateness(begun()), late());
    }
    if (late()) {
      log.late(occurrence());
    }
  }

  /** What is waited for when the function has run. */
  ScheduleStatus after() {
    TimerSettings settings = event.timer().settings();
    Instant base = settings.policy().base(occurrence(), begun());
    return ScheduleStatus.after(base, settings.schedule().nextOrNever(base));
  }

  /** True when the function was called, whatever became of it. */
  boolean wasStarted() {
    return started;
  }

  @Override
  public String function() {
    return event.timer().function();
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
    return event.timer().settings().zone();
  }

  @Override
  public void started(Running running) {
    started = true;
    term.started(running);
  }

  @Override
  public void invoked(String invocationId) {
    term.entered();
  }

  @Override
  public void settle(Outcome outcome) {
    term.settle(this, outcome);
  }
}
