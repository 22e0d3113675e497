package dev.roost.storage.poison;

import dev.roost.spi.AppReader;
import dev.roost.spi.BindingException;
import dev.roost.spi.ReadApp;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roost poison}: what failed for good, and what to do with it. */
@Command(
    name = "poison",
    description = "Lists, explains, puts back and drops the messages that failed for good.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PoisonCommand implements Callable<Integer> {
  /** The queue or function is not there. */
  static final int NO_PLACE = 65;

  /** The storage account refused or did not answer. */
  static final int NO_STORAGE = 69;

  private final AppReader reader;
  private CommandSpec spec = CommandSpec.create();

  PoisonCommand(AppReader reader) {
    this.reader = reader;
  }

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list, show, redrive or drop");
  }

  @Command(
      description = "Lists poison messages, one line for each; never their bodies.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Place place,
      @Mixin Choice choice,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit,
      @Option(names = "--payload", description = "With --json: bodies too.") boolean payload) {
    return at(
        place,
        choice,
        (desk, found, filter) -> {
          PoisonDesk.Look look = desk.look(filter, limit);
          if (place.json()) {
            out().println(PoisonText.json(found, look, payload).toPrettyString());
            return 0;
          }
          if (!look.messages().isEmpty()) {
            PoisonText.table(look.messages()).forEach(out()::println);
          }
          out().println(summary(found, look));
          return 0;
        });
  }

  @Command(
      description = "Tells all that is known of poison messages, with their bodies.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Place place,
      @Mixin Choice choice,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "10") int limit) {
    return at(
        place,
        choice,
        (desk, found, filter) -> {
          PoisonDesk.Look look = desk.look(filter, limit);
          if (place.json()) {
            out().println(PoisonText.json(found, look, true).toPrettyString());
          } else {
            look.messages()
                .forEach(message -> {
                  PoisonText.page(message).forEach(out()::println);
                  out().println();
                });
            out().println(summary(found, look));
          }
          return 0;
        });
  }

  @Command(
      description = "Puts poison messages back to the queue they came from; none is lost.",
      mixinStandardHelpOptions = true)
  int redrive(@Mixin Place place, @Mixin Choice choice, @Mixin Bounds bounds) {
    return at(
        place,
        choice,
        (desk, found, filter) ->
            settle(
                "redriven",
                found,
                desk,
                bounds,
                bounds.checked(filter),
                bounds.dryRun()
                    ? (_, message) -> found.origin().refusal(message)
                    : desk.redrive(bounds.rate()),
                place.json()));
  }

  @Command(description = "Deletes poison messages for good.", mixinStandardHelpOptions = true)
  int drop(@Mixin Place place, @Mixin Choice choice, @Mixin Bounds bounds) {
    return at(
        place,
        choice,
        (desk, found, filter) ->
            settle(
                "dropped",
                found,
                desk,
                bounds,
                bounds.checked(filter),
                bounds.dryRun() ? (_, _) -> Optional.empty() : desk.drop(bounds.rate()),
                place.json()));
  }

  private int settle(
      String verb,
      PoisonPlace place,
      PoisonDesk desk,
      Bounds bounds,
      PoisonFilter filter,
      PoisonDesk.Fate fate,
      boolean json)
      throws IOException, InterruptedException {
    Tally tally = new Tally();
    try {
      desk.settle(filter, bounds.limit(), bounds.dryRun(), fate, tally);
    } finally {
      String told = bounds.dryRun() ? "wouldBe" + capital(verb) : verb;
      if (json) {
        out().println(PoisonText.json(place, told, tally).toPrettyString());
      } else {
        tally.leftAlone().forEach((id, why) -> out().println(id + " is left alone: " + why));
        out()
            .println(
                "%d %s%s%s"
                        .formatted(
                            tally.settled(),
                            bounds.dryRun() ? "would be " : "",
                            verb,
                            verb.equals("redriven")
                                ? " to queue '" + place.origin().queue() + "'"
                                : "")
                    + (tally.leftAlone().isEmpty()
                        ? ""
                        : ", " + tally.leftAlone().size() + " left alone"));
      }
    }
    return 0;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static String summary(PoisonPlace place, PoisonDesk.Look look) {
    return "%d of %d messages of queue '%s'%s"
        .formatted(
            look.messages().size(),
            look.total(),
            place.queue(),
            look.complete() ? "" : "; --limit shows more");
  }

  /** What a command does at the desk. */
  private interface Work {
    int at(PoisonDesk desk, PoisonPlace place, PoisonFilter filter)
        throws IOException, InterruptedException, BindingException;
  }

  private int at(Place place, Choice choice, Work work) {
    try (ReadApp app = reader.read(place.apps())) {
      PoisonPlace found =
          PoisonPlace.find(app.host(), app.functions(), choice.queue(), place.connection());
      try (PoisonDesk desk = new PoisonDesk(app.host(), found)) {
        return work.at(desk, found, choice.filter(app.host().clock()));
      }
    } catch (BindingException e) {
      err().println(e.getMessage());
      return NO_PLACE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      err().println(e.getMessage());
      return NO_STORAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NO_STORAGE;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
