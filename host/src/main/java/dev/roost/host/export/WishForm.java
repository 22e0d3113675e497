package dev.roost.host.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may be written for each key of {@code roost.kubernetes} and its flag. */
enum WishForm {
  IMAGE("image", "\\S+", "the name of an image"),
  NAME("name", ".*[A-Za-z0-9].*", "a name with letters or digits"),
  NAMESPACE("namespace", "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "a namespace's name"),
  SECRET("secret", "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "the name of a Secret"),
  MIN_REPLICAS("minReplicas"),
  MAX_REPLICAS("maxReplicas"),
  HTTP_REPLICAS("httpReplicas"),
  POLLING_INTERVAL("pollingInterval"),
  COOLDOWN_PERIOD("cooldownPeriod"),
  CONCURRENT_REQUESTS("concurrentRequests", "[1-9]\\d{0,5}", "a whole number from 1"),
  IDENTITY("identityClientId", "[A-Za-z0-9-]+", "the client id of an identity"),
  MEMORY(
      "memory", "[1-9]\\d*(\\.\\d+)?([KMGT]i|[kMGT])?|0?\\.\\d+[GT]i", "an amount such as 512Mi"),
  CPU("cpuRequest", "[1-9]\\d*m|\\d+(\\.\\d+)?", "an amount such as 250m"),
  SPLIT_HTTP("splitHttp", "true|false", "true or false"),
  TIMER_SCALE_TO_ZERO("timerScaleToZero", "true|false", "true or false"),
  EXTERNAL("external", "true|false", "true or false"),
  ENVIRONMENT("environment", "/\\S+", "a resource id, which begins with /subscriptions/"),
  KEY_VAULT("keyVault", "https://[^\\s/?#]+/?", "the URL of a vault, https://NAME.vault.azure.net");

  private final String key;
  private final Pattern pattern;
  private final String words;

  WishForm(String key) {
    this(key, "\\s*\\d{1,6}\\s*", "a whole number");
  }

  WishForm(String key, String pattern, String words) {
    this.key = key;
    this.pattern = Pattern.compile(pattern);
    this.words = words;
  }

  /** The form of a key, in any case. */
  static WishForm of(String key) throws ExportException {
    return Arrays.stream(values())
        .filter(form -> form.key.equalsIgnoreCase(key))
        .findFirst()
        .orElseThrow(() ->
            new ExportException(
                "roost.kubernetes.%s: there is no such key. Write one of %s."
                    .formatted(key, Arrays.stream(values()).map(form -> form.key).toList())));
  }

  /** Tells the place, what kind of value is there and the remedy; a text that may be secret not. */
  void check(String where, JsonNode value) throws ExportException {
    if (!value.isValueNode()) {
      throw refused(where, "an " + value.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    if (!value.asText().isBlank() && !pattern.matcher(value.asText()).matches()) {
      throw refused(where, this == SECRET ? "what is there" : "'" + value.asText() + "'");
    }
  }

  private ExportException refused(String where, String found) {
    return new ExportException(
        "%s: %s is not %s. Change the flag, or roost.kubernetes.%s in host.json."
            .formatted(where, found, words, key));
  }
}
