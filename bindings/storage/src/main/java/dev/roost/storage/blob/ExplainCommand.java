package dev.roost.storage.blob;

import dev.roost.spi.AppReader;
import dev.roost.spi.BindingException;
import dev.roost.spi.ReadApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code roost explain}: why something ran, or did not. */
@Command(
    name = "explain",
    description = "Tells why a function ran, or did not.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ExplainCommand implements Callable<Integer> {
  private static final int BAD_QUESTION = 65;
  private static final int NO_STORAGE = 69;

  private final AppReader reader;
  private CommandSpec spec = CommandSpec.create();

  ExplainCommand(AppReader reader) {
    this.reader = reader;
  }

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to explain: blob");
  }

  @Command(
      description = "Tells why a function ran for a blob, or did not.",
      mixinStandardHelpOptions = true)
  int blob(
      @Parameters(index = "0", paramLabel = "FUNCTION", description = "The function's name.")
          String function,
      @Parameters(index = "1", paramLabel = "CONTAINER/NAME", description = "The blob, or its URL.")
          String path,
      @Option(names = "--app", paramLabel = "PATH", description = "Default: the current folder.")
          @Nullable Path app,
      @Option(names = "--json", description = "Answers in JSON.") boolean json) {
    try (ReadApp read = reader.read(app == null ? List.of() : List.of(app))) {
      Explanation answer = BlobExplainer.explain(read.host(), read.functions(), function, path);
      if (json) {
        spec.commandLine().getOut().println(answer.json().toPrettyString());
      } else {
        answer.text().forEach(spec.commandLine().getOut()::println);
      }
      return answer.verdict() == Explanation.Verdict.UNKNOWN_FUNCTION ? BAD_QUESTION : 0;
    } catch (BindingException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return BAD_QUESTION;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return NO_STORAGE;
    }
  }
}
