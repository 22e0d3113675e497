package dev.roost.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.spi.Settings;
import java.util.List;
import java.util.Optional;

/**
 * {@code extensions.http} of host.json, and the settings that belong to it.
 *
 * @param routePrefix before every function's route, without slashes at its ends; may be empty
 * @param maxOutstandingRequests running and queued; beyond it 429; negative for no bound
 * @param maxConcurrentRequests running at once; others queue; negative for no bound
 * @param maxBodyBytes the largest request body, also after decompression
 * @param additions what responses get besides what functions say
 * @param homepage whether {@code /} shows a page
 */
record HttpOptions(
    String routePrefix,
    int maxOutstandingRequests,
    int maxConcurrentRequests,
    long maxBodyBytes,
    Additions additions,
    boolean homepage) {

  static final String SECTION = "extensions.http.";
  private static final String BODY_LIMIT = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
  private static final long DEFAULT_BODY_LIMIT = 104_857_600;

  /** What holds when nothing is said. */
  static final HttpOptions DEFAULTS =
      new HttpOptions("api", -1, -1, DEFAULT_BODY_LIMIT, Additions.NONE, true);

  /**
   * Reads the options.
   *
   * @throws BindingException when a value can't be used
   */
  static HttpOptions read(HostServices host) throws BindingException {
    ObjectNode section = host.extension("http");
    return new HttpOptions(
        trimSlashes(section.path("routePrefix").asText("api")),
        bound(section, "maxOutstandingRequests"),
        bound(section, "maxConcurrentRequests"),
        bodyLimit(host),
        Additions.read(section, host.settings()),
        host.settings().get("AzureWebJobsDisableHomepage").filter(HttpOptions::isTrue).isEmpty());
  }

  private static int bound(ObjectNode section, String key) throws BindingException {
    JsonNode value = section.path(key);
    int bound = value.asInt(-1);
    if (!value.isMissingNode()
        && (bound == 0 || bound < -1 || (bound == -1 && !value.asText().strip().equals("-1")))) {
      throw new BindingException(
          SECTION + key,
          "'" + value.asText() + "' is neither -1 nor a positive whole number",
          "Write the number of requests, or -1 for no bound.");
    }
    return bound;
  }

  private static long bodyLimit(HostServices host) throws BindingException {
    Optional<String> setting = host.settings().get(BODY_LIMIT).map(String::strip);
    try {
      long limit = setting.isEmpty() ? DEFAULT_BODY_LIMIT : Long.parseLong(setting.get());
      if (limit >= 0) {
        return Math.min(limit, Integer.MAX_VALUE - 8);
      }
    } catch (NumberFormatException _) {
      // told below, with the other bad values
    }
    throw new BindingException(
        BODY_LIMIT,
        "'" + setting.orElse("") + "' is not a number of bytes",
        "Set it to a whole number such as " + DEFAULT_BODY_LIMIT + ".");
  }

  /** What holds for all functions of the app, and where it comes from. */
  List<EffectiveSetting> effective(BindingContext context) {
    Settings settings = context.host().settings();
    return List.of(
        context.effective("http", "routePrefix", routePrefix),
        context.effective("http", "maxOutstandingRequests", maxOutstandingRequests),
        context.effective("http", "maxConcurrentRequests", maxConcurrentRequests),
        new EffectiveSetting(
            BODY_LIMIT,
            Long.toString(maxBodyBytes),
            settings.get(BODY_LIMIT).isPresent()
                ? settings.origin(BODY_LIMIT)
                : EffectiveSetting.DEFAULT));
  }

  static boolean isTrue(String setting) {
    return setting.strip().equalsIgnoreCase("true") || setting.strip().equals("1");
  }

  private static String trimSlashes(String prefix) {
    int from = 0;
    int to = prefix.length();
    while (from < to && prefix.charAt(from) == '/') {
      from++;
    }
    while (to > from && prefix.charAt(to - 1) == '/') {
      to--;
    }
    return prefix.substring(from, to);
  }
}
