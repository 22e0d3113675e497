package dev.roost.timer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.AppReader;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.ReadApp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code roost timers}: what an app's timers did on all hosts, and will do. */
@Command(
    name = "timers",
    description = "Shows what timers did on all hosts, who runs them, and when they are due.",
    mixinStandardHelpOptions = true)
final class TimersCommand implements Callable<Integer> {
  private static final int BAD_APP = 65;
  private static final int NO_STORAGE = 69;

  private final AppReader reader;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "One function; default: all timers.")
  private String name = "";

  @Option(names = "--app", paramLabel = "PATH", description = "Default: the current folder.")
  private @Nullable Path app;

  @Option(names = "--json", description = "Answers in JSON, as GET /admin/timers does.")
  private boolean json;

  TimersCommand(AppReader reader) {
    this.reader = reader;
  }

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (ReadApp read = reader.read(app == null ? List.of() : List.of(app))) {
      List<TimerView> views = new ArrayList<>();
      for (FunctionDefinition function : read.functions()) {
        if (asked(function)) {
          views.add(TimerView.of(TimerTriggers.timer(context(function, read))));
        }
      }
      if (views.isEmpty()) {
        err.println(
            name.isEmpty() ? "The app has no timer." : "The app has no timer '" + name + "'.");
        return BAD_APP;
      }
      print(views);
      boolean unread = views.stream().anyMatch(view -> !view.trouble().isEmpty());
      return unread ? NO_STORAGE : 0;
    } catch (BindingException e) {
      err.println(e.getMessage());
      return BAD_APP;
    }
  }

  private boolean asked(FunctionDefinition function) {
    return function.trigger().type().equalsIgnoreCase("timerTrigger")
        && (name.isEmpty() || function.name().equalsIgnoreCase(name));
  }

  private static BindingContext context(FunctionDefinition function, ReadApp read) {
    return new BindingContext(function, function.trigger(), read.host());
  }

  private void print(List<TimerView> views) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      var timers = all.putArray("timers");
      views.forEach(view -> timers.add(view.json()));
      out.println(all.toPrettyString());
    } else {
      views.forEach(view -> TimerText.lines(view).forEach(out::println));
    }
  }
}
