package dev.roost.host.cli;

import dev.roost.host.FunctionStatus;
import dev.roost.host.Host;
import dev.roost.host.keys.Key;
import dev.roost.host.keys.KeyEdit;
import dev.roost.host.keys.KeyKind;
import dev.roost.host.keys.Keys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommands of {@code roost keys}. */
final class KeyCommands {
  private KeyCommands() {}

  /** Reads the app, does its work with the app's keys, and says what went wrong. */
  abstract static class KeyCommand implements Callable<Integer> {
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--app",
        paramLabel = "APP",
        description = "The app, as for start. Default: the current folder.")
    private List<Path> apps = List.of();

    @Spec
    void spec(CommandSpec given) {
      spec = given;
    }

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    @Override
    public Integer call() {
      Map<String, String> environment = Environment.variables();
      Host host = Inspection.of(AppPaths.resolved(apps, environment), environment);
      try {
        return run(host, host.keys());
      } catch (IOException e) {
        return failed("Keys can't be read or written: " + e.getMessage());
      } finally {
        host.stop();
      }
    }

    abstract int run(Host host, Keys keys) throws IOException;

    int failed(String why) {
      spec.commandLine().getErr().println(why);
      return 1;
    }

    /** The function's name as the app writes it; the message when it has none of that name. */
    Optional<String> unknown(Host host, KeyTarget target) {
      boolean known =
          target.kind() != KeyKind.FUNCTION
              || host.functions().stream()
                  .map(FunctionStatus::name)
                  .anyMatch(target.function()::equalsIgnoreCase);
      return known
          ? Optional.empty()
          : Optional.of(
              "The app has no function '"
                  + target.function()
                  + "'. It has "
                  + String.join(", ", host.functions().stream().map(FunctionStatus::name).toList())
                  + ".");
    }

    int told(KeyEdit edit, KeyTarget target, String name) {
      switch (edit) {
        case KeyEdit.Created(Key key) -> out().println(key.value());
        case KeyEdit.Renewed(Key key) -> out().println(key.value());
        case KeyEdit.Deleted _ -> out().println("Deleted '" + name + "' of " + target.text());
        case KeyEdit.Missing _ -> {
          return failed("There is no key '" + name + "' of " + target.text());
        }
        case KeyEdit.Refused(String reason) -> {
          return failed("Not possible: " + reason);
        }
      }
      return 0;
    }
  }

  /** {@code roost keys list}. */
  @Command(
      name = "list",
      description = "Lists the keys of host and functions; makes the missing first ones.",
      mixinStandardHelpOptions = true)
  static final class Listing extends KeyCommand {
    @Option(names = "--show", description = "Shows the values.")
    private boolean show;

    @Override
    int run(Host host, Keys keys) throws IOException {
      out().println("Keys in " + keys.place());
      print(keys, KeyKind.MASTER, "", "master");
      print(keys, KeyKind.HOST, "", "host");
      print(keys, KeyKind.SYSTEM, "", "system");
      for (FunctionStatus function : host.functions()) {
        if (function.triggerType().equalsIgnoreCase("httpTrigger")) {
          print(keys, KeyKind.FUNCTION, function.name(), "function " + function.name());
        }
      }
      return 0;
    }

    private void print(Keys keys, KeyKind kind, String function, String what) throws IOException {
      for (Key key : keys.list(kind, function)) {
        out().println(what + "  " + key.name() + (show ? "  " + key.value() : ""));
      }
    }
  }

  /** {@code roost keys create}. */
  @Command(
      name = "create",
      description = "Makes a key and prints its value.",
      mixinStandardHelpOptions = true)
  static final class Create extends KeyCommand {
    @Mixin private KeyTarget target = new KeyTarget();

    @Parameters(paramLabel = "NAME", description = "The key's name.")
    private String name = "";

    @Option(
        names = "--stdin",
        description = "Takes the value from the first line of standard input.")
    private boolean stdin;

    @Override
    int run(Host host, Keys keys) throws IOException {
      Optional<String> unknown = unknown(host, target);
      if (unknown.isPresent()) {
        return failed(unknown.get());
      }
      boolean there =
          keys.list(target.kind(), target.function()).stream()
              .anyMatch(key -> key.name().equalsIgnoreCase(name));
      if (there || target.kind() == KeyKind.MASTER) {
        return failed("The key '" + name + "' is there already. Use roost keys renew.");
      }
      return told(keys.put(target.kind(), target.function(), name, value(stdin)), target, name);
    }
  }

  /** {@code roost keys renew}. */
  @Command(
      name = "renew",
      description = "Gives a key another value and prints it; the old value is void.",
      mixinStandardHelpOptions = true)
  static final class Renew extends KeyCommand {
    @Mixin private KeyTarget target = new KeyTarget();

    @Parameters(
        paramLabel = "NAME",
        arity = "0..1",
        description = "The key's name. Default: default, or master.")
    private String name = "default";

    @Option(
        names = "--stdin",
        description = "Takes the value from the first line of standard input.")
    private boolean stdin;

    @Override
    int run(Host host, Keys keys) throws IOException {
      Optional<String> unknown = unknown(host, target);
      return unknown.isPresent()
          ? failed(unknown.get())
          : told(keys.put(target.kind(), target.function(), name, value(stdin)), target, name);
    }
  }

  /** {@code roost keys delete}. */
  @Command(name = "delete", description = "Deletes a key.", mixinStandardHelpOptions = true)
  static final class Delete extends KeyCommand {
    @Mixin private KeyTarget target = new KeyTarget();

    @Parameters(paramLabel = "NAME", description = "The key's name.")
    private String name = "";

    @Override
    int run(Host host, Keys keys) throws IOException {
      Optional<String> unknown = unknown(host, target);
      return unknown.isPresent()
          ? failed(unknown.get())
          : told(keys.delete(target.kind(), target.function(), name), target, name);
    }
  }

  private static Optional<String> value(boolean stdin) throws IOException {
    if (!stdin) {
      return Optional.empty();
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (line == null || line.isBlank()) {
      throw new IOException("standard input has no value");
    }
    return Optional.of(line.strip());
  }
}
