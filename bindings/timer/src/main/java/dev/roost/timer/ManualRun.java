package dev.roost.timer;

import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A run that a person asked for: it needs no lock, moves nothing of the schedule, and stands in the
 * history as what it is. A history that can't be written does not keep it from running.
 */
final class ManualRun implements Delivery {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");

  private final Timer timer;
  private final TimerEvent event;
  private final History history;

  /**
   * @param event of an occurrence with reason {@code MANUAL}
   */
  ManualRun(Timer timer, TimerEvent event, History history) {
    this.timer = timer;
    this.event = event;
    this.history = history;
  }

  @Override
  public String function() {
    return timer.function();
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
    return ManualDelivery.REASON;
  }

  @Override
  public void started(Running running) {
    note(run -> run);
  }

  @Override
  public void settle(Outcome outcome) {
    note(run ->
        run.ended(new Run.Ending(Run.ending(outcome), Optional.of(event.begun()), timer.now())));
  }

  private void note(UnaryOperator<Run> change) {
    Occurrence occurrence = event.occurrence();
    try {
      history.update(document -> {
        Run begun =
            Run.claimed(
                occurrence, timer.host().instanceId(), document.generation(), event.begun());
        return document.with(occurrence, change.apply(document.run(occurrence).orElse(begun)));
      });
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': its manual run of {1} is not noted in the history: {2}",
          timer.function(),
          occurrence.scheduled(),
          e.toString());
    }
  }
}
