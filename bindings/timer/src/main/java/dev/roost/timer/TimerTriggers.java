package dev.roost.timer;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Opens {@code timerTrigger}. */
public final class TimerTriggers implements TriggerProvider {
  private final Queue<TimerSource> opened = new ConcurrentLinkedQueue<>();

  @Override
  public Set<String> types() {
    return Set.of("timerTrigger");
  }

  @Override
  public Source open(BindingContext context) throws BindingException {
    Timer timer = timer(context);
    TimerSource source =
        new TimerSource(
            timer,
            monitored ->
                timer.settings().useMonitor()
                    ? new SharedLedger(timer, monitored)
                    : new NoLedger(timer.settings().schedule()));
    opened.add(source);
    return source;
  }

  /** The schedule, its zone and its next five occurrences in that zone and in UTC. */
  @Override
  public String describe(BindingContext context) throws BindingException {
    Timer timer = timer(context);
    return Forecast.text(timer.settings(), timer.now());
  }

  @Override
  public List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    return TimerSettings.effective(context);
  }

  @Override
  public List<HttpEndpoint> endpoints(HostServices host) {
    return new TimerReport(opened).endpoints();
  }

  static Timer timer(BindingContext context) throws BindingException {
    return new Timer(
        context.function().name(),
        TimerSettings.read(context),
        context.host(),
        new Tally(context.host().meters(), context.function().name()));
  }

  /** Gives back the locks of timers whose functions did not end in time. */
  @Override
  public void close() {
    opened.forEach(TimerSource::leave);
  }
}
