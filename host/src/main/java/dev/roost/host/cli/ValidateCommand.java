package dev.roost.host.cli;

import dev.roost.host.FunctionSettings;
import dev.roost.host.Host;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.Problem;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code roost validate}: every problem of an app at once; the exit code tells if there are any.
 */
@Command(
    name = "validate",
    description = "Tells everything that is wrong with an app and its configuration.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private Inspection inspection = new Inspection();

  @Option(
      names = "--explain",
      description = "Tells every setting that the functions obey, and where it comes from.")
  private boolean explain;

  @Override
  public Integer call() {
    return inspection.of((host, out) -> {
      if (explain) {
        host.effectiveSettings().forEach(settings -> explain(settings, out));
      }
      return tell(host, out);
    });
  }

  private static int tell(Host host, PrintWriter out) {
    host.problems().stream().map(Problem::line).forEach(out::println);
    int functions = host.functions().size();
    out.println(functions + " functions, " + host.problems().size() + " problems");
    return host.problems().isEmpty() ? 0 : Main.BAD_APP;
  }

  private static void explain(FunctionSettings function, PrintWriter out) {
    out.println(function.function() + " (" + function.trigger() + ")");
    function.problem().ifPresent(problem -> out.println("  " + problem));
    int keys = widest(function, setting -> setting.key().length());
    int values = widest(function, setting -> setting.value().length());
    for (EffectiveSetting setting : function.settings()) {
      out.println(
          "  %s  %s  %s"
              .formatted(pad(setting.key(), keys), pad(setting.value(), values), setting.origin()));
    }
    out.println();
  }

  private static int widest(FunctionSettings function, ToIntFunction<EffectiveSetting> length) {
    return function.settings().stream().mapToInt(length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
