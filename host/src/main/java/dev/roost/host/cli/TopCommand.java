package dev.roost.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.host.run.PlatformWaiter;
import dev.roost.host.run.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roost top}: what a running host does, refreshed until it is interrupted. */
@Command(
    name = "top",
    description = "Shows backlog, rates, what runs, and the limit of every listener of a host.",
    mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {
  private static final int NO_HOST = 69;
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:7071",
      description = "The running host; default: ${DEFAULT-VALUE}.")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:ROOST_MASTER_KEY}",
      description = "Its master key; default: ROOST_MASTER_KEY.")
  private @Nullable String key;

  @Option(names = "--once", description = "Prints one table, of the next second, and ends.")
  private boolean once;

  @Spec
  void spec(CommandSpec given) {
    spec = given;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (HttpClient client = HttpClient.newHttpClient();
        PlatformWaiter waiter = new PlatformWaiter(new SystemClock())) {
      TopTable table = new TopTable(ask(client));
      do {
        CountDownLatch second = new CountDownLatch(1);
        waiter.after(Duration.ofSeconds(1), second::countDown);
        second.await();
        String text = table.next(ask(client));
        out.print(once ? text : CLEAR + text);
        out.flush();
      } while (!once);
      return 0;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              "%s/admin/host/concurrency can't be read: %s. Start the host, or name it with --url,"
                      .formatted(url, e.getMessage() == null ? e : e.getMessage())
                  + " and its master key with --key.");
      return NO_HOST;
    }
  }

  private JsonNode ask(HttpClient client) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/admin/host/concurrency"))
            .timeout(Duration.ofSeconds(30));
    if (key != null && !key.isBlank()) {
      request.header("x-functions-key", key);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("it answers " + answer.statusCode());
    }
    return new ObjectMapper().readTree(answer.body());
  }
}
