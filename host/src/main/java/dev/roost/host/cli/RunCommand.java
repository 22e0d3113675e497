package dev.roost.host.cli;

import dev.roost.host.FunctionStatus;
import dev.roost.host.Host;
import dev.roost.host.HostOptions;
import dev.roost.host.job.Bounds;
import dev.roost.host.job.Execution;
import dev.roost.host.job.Result;
import dev.roost.host.job.SingleRun;
import dev.roost.host.job.UntilEmpty;
import dev.roost.host.job.Workshop;
import dev.roost.host.log.LogLevels;
import dev.roost.host.log.LogOutput;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code roost run}: a job, from its first event to its last. */
@Command(
    name = "run",
    description = {
      "Runs one function once, or with --until-empty every waiting event, and ends.",
      "The last line of output is JSON and says how it ended. Exit code: 0 succeeded, 1 failed,"
          + " 65 the app is broken, 124 the time was over, 143 told to end."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger("Host.Startup");

  @Parameters(paramLabel = "FUNCTION", arity = "0..*", description = "What to run.")
  private List<String> functions = List.of();

  @Option(names = "--app", paramLabel = "APP", description = "As for start; may be repeated.")
  private List<Path> apps = List.of();

  @Option(names = "--input", paramLabel = "TEXT", description = "What the event is made of.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--until-empty",
      description = "Works off the queues of these functions; of all of them by default.")
  private boolean untilEmpty;

  @Option(
      names = "--job-name",
      paramLabel = "NAME",
      description = "Default: what the platform calls it, else manual.")
  private Optional<String> jobName = Optional.empty();

  @Option(
      names = "--log",
      paramLabel = "FORM",
      description = "text or json. Default: text on a terminal, else json.")
  private Optional<LogOutput.Form> log = Optional.empty();

  @Mixin private JobBounds bounds = new JobBounds();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = Environment.variables();
    HostOptions options =
        new HostOptions(
            AppPaths.resolved(apps, environment),
            Optional.empty(),
            Optional.empty(),
            functions,
            false,
            environment);
    Optional<Problem> refused = AppProcess.become(options);
    LogOutput.install(log.orElse(LogOutput.preferred(environment)));
    refused.ifPresent(problem -> LOG.log(Level.WARNING, problem.line()));
    if (!untilEmpty && functions.size() != 1) {
      LOG.log(Level.ERROR, "Name one function to run, or give --until-empty.");
      return Main.BAD_APP;
    }
    try (Emulator emulator = new Emulator(environment)) {
      return run(new Host(options), emulator, environment);
    }
  }

  private int run(Host host, Emulator emulator, Map<String, String> environment)
      throws InterruptedException {
    LogLevels levels = LogLevels.apply(host.logLevels());
    CompletableFuture<Boolean> stop = new CompletableFuture<>();
    Signals.tell(() -> stop.complete(true));
    emulator.startIfNeeded(host.settings());
    Optional<Execution> execution = Optional.empty();
    try {
      Optional<Workshop> workshop = host.startForJob(bounds.parallelism());
      StartTable.problems(host);
      if (workshop.isPresent() && runnable(host, workshop.get())) {
        execution = Optional.of(execute(workshop.get(), JobName.of(jobName, environment), stop));
      }
    } finally {
      host.stop();
      Reference.reachabilityFence(levels);
    }
    // The last line of all: the host has logged its end.
    execution.ifPresent(ended -> LogOutput.line(ended.json().toString()));
    return execution.map(ended -> ended.result().ending().exitCode()).orElse(Main.BAD_APP);
  }

  /** True when every function that was asked for can be run in the way that was asked for. */
  private boolean runnable(Host host, Workshop workshop) {
    List<String> there =
        untilEmpty
            ? workshop.listeners().drainable()
            : host.functions().stream()
                .filter(one -> one.condition() == FunctionStatus.Condition.LISTENING)
                .map(FunctionStatus::name)
                .toList();
    List<String> missing =
        functions.stream()
            .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    if (there.isEmpty() || !missing.isEmpty()) {
      LOG.log(
          Level.ERROR,
          "This app can''t run {0}{1}",
          missing.isEmpty() ? "any function" : String.join(", ", missing),
          untilEmpty
              ? " until empty: that takes a function with a queue of its own, not a schedule, a"
                  + " route or a container that is scanned. It has "
                  + there
              : ": it is not there, is disabled, or is broken");
      return false;
    }
    return true;
  }

  private Execution execute(Workshop workshop, String job, CompletableFuture<?> stop)
      throws InterruptedException {
    Instant start = workshop.clock().now();
    Bounds limits = bounds.limits();
    Result result =
        untilEmpty
            ? new UntilEmpty(workshop, limits).run(stop)
            : new SingleRun(workshop, limits)
                .run(
                    functions.getFirst(),
                    input.<Payload>map(Payload.Text::new).orElse(Payload.EMPTY),
                    stop);
    Stream<String> worked =
        untilEmpty ? workshop.listeners().drainable().stream() : functions.stream();
    Execution execution =
        new Execution(
            String.join(",", worked.toList()),
            UUID.randomUUID().toString(),
            job,
            start,
            workshop.clock().now(),
            result);
    try {
      workshop.book().write(execution);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The execution can''t be written down: {0}", e.getMessage());
    }
    return execution;
  }
}
