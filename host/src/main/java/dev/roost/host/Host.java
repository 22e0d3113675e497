package dev.roost.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.admin.AdminEndpoints;
import dev.roost.host.app.AppLayout;
import dev.roost.host.app.FunctionApp;
import dev.roost.host.invoke.Invoker;
import dev.roost.host.job.JobBook;
import dev.roost.host.job.Workshop;
import dev.roost.host.keys.Keys;
import dev.roost.host.launch.NativeAccess;
import dev.roost.host.pause.Pauses;
import dev.roost.host.run.Admission;
import dev.roost.host.run.Backlogs;
import dev.roost.host.run.Dispatcher;
import dev.roost.host.run.Invocation;
import dev.roost.host.run.InvocationMeters;
import dev.roost.host.run.Listeners;
import dev.roost.host.scale.ScaleEndpoint;
import dev.roost.host.singleton.SingletonCalls;
import dev.roost.host.trace.Tracing;
import dev.roost.spi.BindingException;
import dev.roost.spi.EndpointServer;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Problem;
import dev.roost.spi.Settings;
import dev.roost.spi.TriggerProvider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One process that runs the functions of one or more apps: starts in order, stops in reverse. Parts
 * are wired here and nowhere else.
 */
public final class Host {
  private static final Logger LOG = System.getLogger("Host.Startup");

  private final HostOptions options;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Bindings bindings = Bindings.installed();
  private final List<Problem> problems = new CopyOnWriteArrayList<>();
  private final List<FunctionStatus> functions = new CopyOnWriteArrayList<>();
  private final Map<String, Invocation> invocations = new ConcurrentHashMap<>();
  private final List<AppLayout> layouts;
  private final Configuration configuration;

  /** A jar or an app that can't be read stops nobody else; a wrong configuration is everybody's. */
  private final boolean misconfigured;

  private final HostContext context;
  private final Admission admission;
  private final Dispatcher dispatcher;
  private final Listeners listeners;
  private final Backlogs backlogs;
  private final Tracing tracing = new Tracing();
  private final Invoker invoker;
  private final Pauses pauses;
  private final List<AutoCloseable> locals = new CopyOnWriteArrayList<>();
  private final List<FunctionApp> apps = new CopyOnWriteArrayList<>();
  private boolean sharesState;
  private boolean onlyWatching;

  /** Reads the configuration; starts nothing. */
  public Host(HostOptions options) {
    this.options = options;
    this.layouts = AppLayout.of(options.apps(), problems::add);
    List<Problem> mistakes = new ArrayList<>();
    this.configuration = Configuration.read(options, layouts, mistakes);
    this.misconfigured = !mistakes.isEmpty();
    problems.addAll(mistakes);
    this.context = new HostContext(configuration, lifecycle, bindings, problems::add);
    this.admission =
        new Admission(configuration.limits(), context, Runtime.getRuntime().availableProcessors());
    this.dispatcher =
        new Dispatcher(
            invocations,
            context.waiter(),
            new InvocationMeters(context.meters(), context.clock()),
            function -> admission.rules(function).platformThreads());
    this.listeners = new Listeners(dispatcher, admission, context);
    this.backlogs = listeners.backlogs(context.clock());
    this.pauses = new Pauses(context, listeners::pause);
    this.invoker =
        new Invoker(
            context,
            configuration.hostJson().retry(),
            configuration.hostJson().functionTimeout(),
            tracing);
  }

  /**
   * Starts everything. Functions that can't run are left out and listed; a broken configuration
   * leaves the host in {@link HostState#ERROR}, where only its own endpoints answer.
   *
   * @return where HTTP is served, when a binding serves it
   * @throws IOException when the address can't be used
   */
  public Optional<InetSocketAddress> start() throws IOException {
    lifecycle.enter(HostState.LOADING);
    Optional<InetSocketAddress> address = listen();
    pauses.start();
    load();
    if (misconfigured || !sharesState) {
      lifecycle.enter(HostState.ERROR);
      return address;
    }
    if (!lifecycle.enter(HostState.STARTING)) {
      return address; // told to stop meanwhile
    }
    locals.addAll(bindings.startLocal(definitions(), configuration.settings()));
    pauses.awaitKnown(Pauses.START_LIMIT);
    tracing.start(configuration.settings().startingWith("OTEL_"), serviceName());
    listeners.start();
    if (configuration.limits().snapshots()) {
      listeners.keepLimits(context);
    }
    lifecycle.enter(HostState.RUNNING);
    return address;
  }

  /** As {@link #start} for {@code roost scaler}: sources are counted, no code of the app loaded. */
  public Optional<InetSocketAddress> watch() throws IOException {
    onlyWatching = true;
    lifecycle.enter(HostState.LOADING);
    Optional<InetSocketAddress> address = listen();
    load();
    lifecycle.enter(misconfigured || !sharesState ? HostState.ERROR : HostState.RUNNING);
    return address;
  }

  /**
   * Starts what a job needs: the functions and their clients, but no listener, schedule or HTTP.
   *
   * @param parallelism the most events of one source at once
   * @return empty when the configuration is broken; {@link #problems()} says why
   */
  public Optional<Workshop> startForJob(int parallelism) {
    listeners.atMost(parallelism);
    lifecycle.enter(HostState.LOADING);
    load();
    if (misconfigured || !sharesState) {
      lifecycle.enter(HostState.ERROR);
      return Optional.empty();
    }
    tracing.start(configuration.settings().startingWith("OTEL_"), serviceName());
    lifecycle.enter(HostState.RUNNING);
    return Optional.of(
        new Workshop(listeners, dispatcher, context.clock(), drainLimit(), JobBook.of(context)));
  }

  private String serviceName() {
    return configuration.settings().get("WEBSITE_SITE_NAME").orElse(context.hostId());
  }

  /** Reads and opens the functions without starting a listener; {@link #start} does it too. */
  public void load() {
    Map<String, String> environment = options.environment();
    for (FunctionApp app : FunctionApp.load(layouts, environment, problems::add)) {
      apps.add(app);
      app.rejected().stream()
          .filter(rejected -> wanted(rejected.name()))
          .forEach(rejected ->
              functions.add(FunctionStatus.rejected(rejected.name(), rejected.problems())));
      openAll(app);
    }
    functions.sort((a, b) -> a.name().compareToIgnoreCase(b.name()));
    sharesState = hostIdHolds();
  }

  private Optional<InetSocketAddress> listen() throws IOException {
    if (bindings.server().isEmpty()) {
      return Optional.empty();
    }
    EndpointServer server = bindings.server().get();
    server.prepare();
    NativeAccess.allow();
    if (configuration.address().isUnresolved()) {
      throw new UnknownHostException(configuration.address().getHostString());
    }
    Workings workings = new Workings(listeners, backlogs, dispatcher, invoker, pauses);
    Administration administration = new Administration(this, context, configuration, workings);
    List<HttpEndpoint> endpoints =
        new ArrayList<>(
            onlyWatching
                ? AdminEndpoints.ofScaler(administration)
                : AdminEndpoints.of(administration));
    endpoints.addAll(new ScaleEndpoint(listeners.volumes(context.clock())).all());
    endpoints.add(new MetricsEndpoint(context.meters(), backlogs).served(configuration.hostJson()));
    for (TriggerProvider provider :
        onlyWatching ? List.<TriggerProvider>of() : bindings.triggerProviders()) {
      endpoints.addAll(provider.endpoints(context));
    }
    context.keys().requireFor(endpoints);
    if (!configuration.open() && context.keys().possible()) {
      context.keys().start();
    }
    return Optional.of(server.listen(configuration.address(), endpoints, context));
  }

  private void openAll(FunctionApp app) {
    List<FunctionDefinition> wanted =
        app.functions().stream().filter(definition -> wanted(definition.name())).toList();
    FunctionOpener opener;
    try {
      opener = FunctionOpener.of(bindings, context, app, onlyWatching);
    } catch (BindingException e) {
      wanted.forEach(definition -> failed(definition, e));
      return;
    }
    for (FunctionDefinition definition : wanted) {
      if (configuration.isDisabled(definition.name())) {
        functions.add(FunctionStatus.disabled(definition));
        continue;
      }
      try {
        open(opener, definition);
      } catch (BindingException e) {
        failed(definition, e);
      } catch (RuntimeException | LinkageError e) {
        // Nothing that one function brings along may keep its neighbours from running.
        LOG.log(Level.DEBUG, "Cause", e);
        failed(
            definition,
            new BindingException(
                "entryPoint",
                definition.entryPoint() + " can't be opened: " + e,
                "Repair the class or the binding that it names."));
      }
    }
  }

  private void open(FunctionOpener opener, FunctionDefinition definition) throws BindingException {
    if (onlyWatching) {
      opener
          .watch(definition)
          .ifPresent(watched -> {
            listeners.add(definition.name(), watched.source(), false);
            functions.add(FunctionStatus.listening(definition, watched.trigger()));
          });
      return;
    }
    FunctionOpener.Opened opened = opener.open(definition);
    invocations.put(definition.name(), invocation(opened));
    listeners.add(definition.name(), opened.source(), opened.function().replies());
    functions.add(FunctionStatus.listening(definition, opened.trigger()));
  }

  private Invocation invocation(FunctionOpener.Opened opened) throws BindingException {
    Invocation call =
        opened.source().redelivers()
            ? (delivery, _) -> invoker.invokeOnce(opened.function(), delivery)
            : (delivery, running) -> invoker.invoke(opened.function(), delivery, running);
    return SingletonCalls.of(opened.function().definition(), context, context.turns(), call);
  }

  private void failed(FunctionDefinition definition, BindingException e) {
    Problem problem = e.problem(definition.name());
    problems.add(problem);
    functions.add(FunctionStatus.failed(definition, List.of(problem)));
  }

  private boolean wanted(String function) {
    List<String> only =
        options.only().isEmpty() ? configuration.hostJson().allowList() : options.only();
    return only.isEmpty() || only.stream().anyMatch(function::equalsIgnoreCase);
  }

  private boolean hostIdHolds() {
    boolean shares =
        functions.stream()
            .filter(function -> function.condition() == FunctionStatus.Condition.LISTENING)
            .anyMatch(function -> !function.triggerType().equalsIgnoreCase("httpTrigger"));
    Optional<Problem> unshared = shares ? configuration.unsharedId() : Optional.empty();
    unshared.ifPresent(problems::add);
    return unshared.isEmpty();
  }

  /** Tells the listeners to fetch no more, waits for what runs, closes everything in reverse. */
  public void stop() {
    HostState before = lifecycle.state();
    boolean ran = before == HostState.STARTING || before == HostState.RUNNING;
    if (!lifecycle.enter(HostState.DRAINING)) {
      return;
    }
    if (ran) {
      drain();
    }
    context.closeLocks();
    Closing closing = new Closing();
    bindings.close(closing);
    apps.forEach(closing::close);
    closing.close(tracing);
    context.close(closing);
    locals.forEach(closing::close);
    closing
        .failures()
        .forEach(failure -> LOG.log(Level.WARNING, "A part did not close cleanly", failure));
    lifecycle.enter(HostState.STOPPED);
  }

  private void drain() {
    LOG.log(Level.INFO, "Draining: {0} invocations are running", dispatcher.runningCount());
    invoker.drain();
    context.turns().drain();
    boolean idle = listeners.drain(configuration.drainLimit(), context.clock());
    LOG.log(
        Level.INFO,
        idle ? "Drained" : "The drain time is over: what still ran was interrupted and given back");
  }

  /** Waits until {@link #stop} has ended. */
  public void awaitStopped() throws InterruptedException {
    lifecycle.awaitStopped();
  }

  /** Everything that keeps a part of the app from running. */
  public List<Problem> problems() {
    return problems;
  }

  /** True when the configuration is broken: then nothing of it can be relied on. */
  public boolean misconfigured() {
    return misconfigured;
  }

  /** How long a stop waits for what runs. */
  public Duration drainLimit() {
    return configuration.drainLimit();
  }

  /** The functions, by name. */
  public List<FunctionStatus> functions() {
    return functions;
  }

  /** What was read of the functions, disabled ones too, in the order of the apps. */
  public List<FunctionDefinition> definitions() {
    return apps.stream().flatMap(app -> app.functions().stream()).toList();
  }

  /** Every setting that the functions obey, and where it comes from; by app. */
  public List<FunctionSettings> effectiveSettings() {
    EffectiveSettings effective = new EffectiveSettings(bindings, context, configuration);
    return apps.stream().flatMap(app -> effective.of(app).stream()).toList();
  }

  /** What this host lends its bindings. */
  public HostServices services() {
    return context;
  }

  /** Where the host is in its life. */
  public HostState state() {
    return lifecycle.state();
  }

  /** True when no path of the command line leads to an app. */
  public boolean layoutsMissing() {
    return layouts.isEmpty();
  }

  /** True in Development. */
  public boolean development() {
    return configuration.development();
  }

  /** True when functions and admin need no key. */
  public boolean open() {
    return configuration.open();
  }

  /** The keys of the host and its functions. */
  public Keys keys() {
    return context.keys();
  }

  /** The levels of host.json {@code logging.logLevel}. */
  public ObjectNode logLevels() {
    return configuration.hostJson().logLevels();
  }

  /** The settings that the host runs with. */
  public Settings settings() {
    return configuration.settings();
  }
}
