package dev.roost.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.Host;
import dev.roost.host.export.ContainerApp;
import dev.roost.host.export.ExportException;
import dev.roost.host.export.Kubernetes;
import dev.roost.host.export.Wishes;
import dev.roost.spi.FunctionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roost export}: manifests of an app, for whoever runs containers. */
@Command(
    name = "export",
    description = "Prints what a platform needs to run and scale an app; warnings go to stderr.",
    mixinStandardHelpOptions = true,
    subcommands = {ExportCommand.ToKubernetes.class, ExportCommand.ToContainerApp.class},
    synopsisSubcommandLabel = "PLATFORM")
final class ExportCommand implements Runnable {
  private CommandSpec spec = CommandSpec.create();

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say for whom: kubernetes, containerapp");
  }

  /** Makes the documents. */
  interface Exporter {
    Kubernetes.Exported of(List<FunctionDefinition> functions, Host host, Wishes wishes)
        throws ExportException;
  }

  /** What both platforms have in common. */
  abstract static class Export implements Callable<Integer> {
    @Mixin private AppPaths apps = new AppPaths();
    private final Map<String, String> flags = new LinkedHashMap<>();
    private CommandSpec spec = CommandSpec.create();

    @Spec
    void spec(CommandSpec given) {
      spec = given;
    }

    @Option(names = "--image", paramLabel = "NAME", description = "The image of the app.")
    void image(String value) {
      flags.put("image", value);
    }

    @Option(names = "--name", paramLabel = "NAME", description = "Default: the host id.")
    void name(String value) {
      flags.put("name", value);
    }

    @Option(names = "--min-replicas", paramLabel = "N", description = "Default: 0 if possible.")
    void least(String value) {
      flags.put("minReplicas", value);
    }

    @Option(names = "--max-replicas", paramLabel = "N", description = "The most replicas.")
    void most(String value) {
      flags.put("maxReplicas", value);
    }

    @Option(names = "--memory", paramLabel = "AMOUNT", description = "Of one replica.")
    void memory(String value) {
      flags.put("memory", value);
    }

    @Option(
        names = "--timer-scale-to-zero",
        description = "Runs sparse timers in windows around their times instead of always.")
    void timers(boolean on) {
      flags.put("timerScaleToZero", Boolean.toString(on));
    }

    Map<String, String> flags() {
      return flags;
    }

    abstract Exporter exporter();

    @Override
    public Integer call() {
      Map<String, String> environment = Environment.variables();
      Host host = Inspection.of(apps.resolved(environment), environment);
      try {
        if (host.misconfigured()) {
          host.problems().forEach(problem -> tell(problem.line()));
          return refused("The configuration is broken.");
        }
        host.problems().forEach(problem -> tell("warning: " + problem.line()));
        List<FunctionDefinition> functions = Exportable.of(host, this::tell);
        if (functions.isEmpty()) {
          return refused("The app has no function that could be exported.");
        }
        Wishes wishes = new Wishes(flags, host.services().roost("kubernetes"));
        Kubernetes.Exported exported = exporter().of(functions, host, wishes);
        exported.warnings().forEach(warning -> tell("warning: " + warning));
        for (ObjectNode document : exported.documents()) {
          spec.commandLine().getOut().print(Yaml.of(document));
        }
        spec.commandLine().getOut().flush();
        return 0;
      } catch (ExportException e) {
        return refused(String.valueOf(e.getMessage()));
      } finally {
        host.stop();
      }
    }

    private int refused(String why) {
      tell("not exported: " + why);
      return Main.BAD_APP;
    }

    private void tell(String line) {
      spec.commandLine().getErr().println(line);
    }
  }

  /** {@code roost export kubernetes}. */
  @Command(
      name = "kubernetes",
      description = "Deployment, Service, ServiceAccount, PodDisruptionBudget, and KEDA's objects.",
      mixinStandardHelpOptions = true)
  static final class ToKubernetes extends Export {
    @Option(names = "--namespace", paramLabel = "NAME", description = "Default: none is written.")
    void namespace(String value) {
      flags().put("namespace", value);
    }

    @Option(
        names = "--secret",
        paramLabel = "NAME",
        description = "The Secret with the app's settings; it is not made here. Default: --name.")
    void secret(String value) {
      flags().put("secret", value);
    }

    @Option(
        names = "--identity-client-id",
        paramLabel = "ID",
        description = "The workload identity of pods and scaler.")
    void identity(String value) {
      flags().put("identityClientId", value);
    }

    @Option(names = "--polling-interval", paramLabel = "S", description = "Default: 30.")
    void polling(String value) {
      flags().put("pollingInterval", value);
    }

    @Option(names = "--cooldown-period", paramLabel = "S", description = "Default: 300.")
    void cooldown(String value) {
      flags().put("cooldownPeriod", value);
    }

    @Option(
        names = "--split-http",
        description = "HTTP functions in a Deployment of their own, the others scaled by KEDA.")
    void split(boolean on) {
      flags().put("splitHttp", Boolean.toString(on));
    }

    @Override
    Exporter exporter() {
      return (functions, host, wishes) ->
          Kubernetes.of(functions, host.services(), wishes, host.drainLimit());
    }
  }

  /** {@code roost export containerapp}. */
  @Command(
      name = "containerapp",
      description = "YAML for az containerapp create --yaml.",
      mixinStandardHelpOptions = true)
  static final class ToContainerApp extends Export {
    @Option(names = "--environment", paramLabel = "ID", description = "Its resource id.")
    void environment(String value) {
      flags().put("environment", value);
    }

    @Option(
        names = "--key-vault",
        paramLabel = "URL",
        description = "Where the connection strings are.")
    void vault(String value) {
      flags().put("keyVault", value);
    }

    @Option(names = "--external", description = "Opens HTTP to the internet.")
    void external(boolean on) {
      flags().put("external", Boolean.toString(on));
    }

    @Override
    Exporter exporter() {
      return (functions, host, wishes) ->
          ContainerApp.of(functions, host.services(), wishes, host.drainLimit());
    }
  }
}
