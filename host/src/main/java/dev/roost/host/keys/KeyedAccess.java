package dev.roost.host.keys;

import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what: by the key in the header {@code x-functions-key}, else in the query's {@code
 * code}. It is no ladder: only the master key opens everything, and a system key no function.
 *
 * @param open true when nobody needs a key: in Development on a loopback address
 * @param keys asked otherwise
 */
public record KeyedAccess(boolean open, Keys keys) implements Access {
  static final Pattern WEBHOOK =
      Pattern.compile("/runtime/webhooks/([^/]+).*", Pattern.CASE_INSENSITIVE);

  private static final Pattern LOCAL =
      Pattern.compile(
          "localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  @Override
  public Decision decide(AccessLevel required, String function, HttpRequest request) {
    if (required == AccessLevel.ANONYMOUS || (open && mayUseOpenHost(required, request))) {
      return Decision.ALLOWED;
    }
    Optional<String> presented = presented(request);
    if (presented.isEmpty()) {
      return Decision.UNAUTHORIZED;
    }
    try {
      Decision decision = judge(required, function, request, presented.get());
      return decision == Decision.UNAUTHORIZED && lookAgain(required, function)
          ? judge(required, function, request, presented.get())
          : decision;
    } catch (IOException _) {
      return Decision.UNAVAILABLE; // told in the log by Keys
    }
  }

  /**
   * A page of the internet that a developer looks at can send requests to the developer's own
   * machine: the admin API takes none whose origin or host name is elsewhere.
   */
  private static boolean mayUseOpenHost(AccessLevel required, HttpRequest request) {
    return required != AccessLevel.ADMIN
        || (isLocal(request.uri().getHost())
            && request.header("origin").map(KeyedAccess::isLocalOrigin).orElse(true));
  }

  private static boolean isLocalOrigin(String origin) {
    try {
      return isLocal(new URI(origin).getHost());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static boolean isLocal(@Nullable String name) {
    return name != null && LOCAL.matcher(name).matches();
  }

  private boolean lookAgain(AccessLevel required, String function) throws IOException {
    boolean read = keys.lookAgain(KeyScope.HOST);
    boolean readToo = required == AccessLevel.FUNCTION && keys.lookAgain(KeyScope.of(function));
    return read || readToo;
  }

  private Decision judge(
      AccessLevel required, String function, HttpRequest request, String presented)
      throws IOException {
    Known host = keys.known(KeyScope.HOST);
    boolean opens =
        host.opens(KeyKind.MASTER, presented)
            || switch (required) {
              case ANONYMOUS -> true;
              case ADMIN -> false;
              case SYSTEM -> host.opens(KeyKind.SYSTEM, presented, systemKey(request));
              case FUNCTION ->
                  host.opens(KeyKind.HOST, presented)
                      || keys.known(KeyScope.of(function)).opens(KeyKind.FUNCTION, presented);
            };
    if (opens) {
      return Decision.ALLOWED;
    }
    boolean lower =
        function.isEmpty()
            && (host.opens(KeyKind.HOST, presented) || host.opens(KeyKind.SYSTEM, presented));
    return lower ? Decision.FORBIDDEN : Decision.UNAUTHORIZED;
  }

  /** A webhook is opened by the system key of its extension alone. */
  private static Predicate<String> systemKey(HttpRequest request) {
    Matcher webhook = WEBHOOK.matcher(String.valueOf(request.uri().getPath()));
    return webhook.matches() ? keyOf(webhook)::equalsIgnoreCase : _ -> true;
  }

  /** The name of the system key that opens a webhook. */
  static String keyOf(MatchResult webhook) {
    return webhook.group(1) + "_extension";
  }

  private static Optional<String> presented(HttpRequest request) {
    List<String> values =
        request
            .headers()
            .getOrDefault("x-functions-key", request.query().getOrDefault("code", List.of()));
    return values.stream().findFirst().filter(key -> !key.isEmpty());
  }
}
