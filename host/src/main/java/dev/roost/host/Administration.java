package dev.roost.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.admin.AdminFunction;
import dev.roost.host.admin.Administered;
import dev.roost.host.admin.DrainStatus;
import dev.roost.host.keys.Keys;
import dev.roost.host.pause.Pauses;
import dev.roost.host.run.FunctionBacklog;
import dev.roost.host.run.ListenerHealth;
import dev.roost.host.run.ListenerLoad;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the admin API sees of a host, and does to it. */
final class Administration implements Administered {
  private static final Logger LOG = System.getLogger("Host.General");

  private final Host host;
  private final HostContext context;
  private final Configuration configuration;
  private final Workings workings;
  private volatile boolean held;

  Administration(Host host, HostContext context, Configuration configuration, Workings workings) {
    this.host = host;
    this.context = context;
    this.configuration = configuration;
    this.workings = workings;
  }

  @Override
  public HostServices services() {
    return context;
  }

  @Override
  public boolean open() {
    return configuration.open();
  }

  @Override
  public ObjectNode hostJson() {
    return configuration.hostJson().root();
  }

  @Override
  public List<Problem> problems() {
    return host.problems();
  }

  @Override
  public List<AdminFunction> adminFunctions() {
    Map<String, FunctionDefinition> read =
        host.definitions().stream()
            .collect(Collectors.toMap(FunctionDefinition::name, Function.identity(), (a, _) -> a));
    return host.functions().stream()
        .map(function ->
            new AdminFunction(
                function.name(),
                Optional.ofNullable(read.get(function.name())),
                function.condition() == FunctionStatus.Condition.DISABLED,
                function.trigger(),
                function.problems()))
        .toList();
  }

  @Override
  public List<ListenerHealth> listenerHealth() {
    return workings.listeners().health();
  }

  @Override
  public List<ListenerLoad> loads() {
    return workings.listeners().loads();
  }

  @Override
  public List<FunctionBacklog> backlogs() throws InterruptedException {
    return workings.backlogs().current();
  }

  @Override
  public Keys keys() {
    return context.keys();
  }

  @Override
  public Pauses pauses() {
    return workings.pauses();
  }

  /** On a thread of its own: to make the event may take a look at storage. */
  @Override
  public void run(String function, Payload input) {
    context
        .waiter()
        .after(
            Duration.ZERO,
            () -> {
              try {
                workings.listeners().run(function, input);
              } catch (IOException e) {
                LOG.log(
                    Level.WARNING,
                    "Function ''{0}'' can''t be run by hand: {1}",
                    function,
                    e.getMessage());
                LOG.log(Level.DEBUG, "Cause", e);
              }
            });
  }

  @Override
  public List<FunctionSettings> effectiveSettings() {
    return host.effectiveSettings();
  }

  @Override
  public void hold() {
    LOG.log(Level.INFO, "Draining as asked over HTTP: listeners fetch no more");
    held = true;
    workings.listeners().hold(true);
  }

  @Override
  public void release() {
    held = false;
    workings.listeners().hold(false);
    LOG.log(Level.INFO, "Resumed as asked over HTTP: listeners fetch again");
  }

  @Override
  public DrainStatus drainStatus() {
    return new DrainStatus(
        held, workings.dispatcher().runningCount(), workings.invoker().outstandingRetries());
  }
}
