package dev.roost.timer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells a webhook of missed occurrences by a POST of JSON. Each try has a tight time limit, there
 * are few of them, and of the URL, which may hold a secret, only the host is logged.
 *
 * @param url an http or https URL
 */
record MissedHook(URI url) {
  private static final Logger LOG = System.getLogger("Host.Triggers.Timer");
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(10));
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /**
   * Reads a URL.
   *
   * @throws BindingException when it is none that can be posted to
   */
  static MissedHook of(String text) throws BindingException {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme());
      if ((scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
          && url.getHost() != null) {
        return new MissedHook(url);
      }
    } catch (URISyntaxException _) {
      // Told below; its message holds the whole URL.
    }
    throw new BindingException(
        "missedWebhook",
        "is no http or https URL",
        "Write one, or %NAME% of a setting that has it.");
  }

  /** {@code roost.timers.missedWebhook} of host.json, for functions that name none. */
  static String common(BindingContext context) {
    return context.host().roost("timers").path("missedWebhook").asText("");
  }

  /** Posts, and tries again later by itself; never throws. */
  void tell(Timer timer, Instant missed) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("event", "timer.missed")
            .put("function", timer.function())
            .put("schedule", timer.settings().text())
            .put("timeZone", timer.settings().zone().getId())
            .put("scheduled", missed.toString())
            .put("noticed", timer.now().toString())
            .put("hostId", timer.host().hostId())
            .put("instance", timer.host().instanceId())
            .toString();
    send(
        timer,
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        0);
  }

  private void send(Timer timer, HttpRequest request, int tries) {
    String answer;
    boolean again;
    // One client for each try: misses are rare, and its threads are not to outlive the try.
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      answer = "it answered " + status;
      again = status == TOO_MANY || status >= SERVER_ERROR;
      if (status / 100 == 2) {
        LOG.log(Level.DEBUG, "The webhook at {0} was told", url.getHost());
        return;
      }
    } catch (IOException e) {
      answer = e.getClass().getSimpleName();
      again = true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    if (again && tries < PAUSES.size()) {
      timer.host().waiter().after(PAUSES.get(tries), () -> send(timer, request, tries + 1));
    } else {
      LOG.log(
          Level.WARNING,
          "Function ''{0}'': the webhook at {1} could not be told of a missed occurrence: {2}",
          timer.function(),
          url.getHost(),
          answer);
    }
  }
}
