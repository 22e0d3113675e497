package dev.roost.host.singleton;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.TimeSpans;
import dev.roost.spi.expression.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What a function says of calls at the same time.
 *
 * @param function whose
 * @param scope calls of different values may run together; empty for one call at all
 * @param waitLimit how long a call waits for its turn; empty for as long as it takes
 */
record SingletonRule(
    FunctionDefinition function, Optional<Template> scope, Optional<Duration> waitLimit) {

  /**
   * Reads {@code singleton} and {@code waitLimit}: from the function's section of host.json, then
   * from its trigger.
   *
   * @return empty when the function is no singleton
   * @throws BindingException naming the property that makes no sense
   */
  static Optional<SingletonRule> read(FunctionDefinition function, HostServices host)
      throws BindingException {
    String scope =
        property(function, host, "singleton").map(JsonNode::asText).orElse("false").strip();
    if (scope.equalsIgnoreCase("false")) {
      return Optional.empty();
    }
    boolean whole = scope.isEmpty() || scope.equalsIgnoreCase("true");
    return Optional.of(
        new SingletonRule(
            function,
            whole
                ? Optional.empty()
                : Optional.of(
                    Template.parse(
                        "singleton", host.settings().fill("singleton", scope), function.name())),
            waitLimit(function, host)));
  }

  private static Optional<Duration> waitLimit(FunctionDefinition function, HostServices host)
      throws BindingException {
    Optional<String> text =
        property(function, host, "waitLimit")
            .map(JsonNode::asText)
            .filter(value -> !value.isBlank());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> limit = TimeSpans.parse(host.settings().fill("waitLimit", text.get()));
    if (limit.isEmpty() || limit.get().isNegative()) {
      throw new BindingException(
          "waitLimit",
          "'" + text.get() + "' is not understood",
          "Write a time span, such as 00:00:30.");
    }
    return limit;
  }

  private static Optional<JsonNode> property(
      FunctionDefinition function, HostServices host, String key) {
    return host.functionSettings(function.name()).properties().stream()
        .filter(property -> property.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> function.trigger().property(key));
  }

  /**
   * The lock that a call needs.
   *
   * @throws IOException when the event does not say for which value it is
   */
  String lock(BindingData data, HostServices host) throws IOException {
    String whole = function.fullName() + ".Singleton";
    if (scope.isEmpty()) {
      return whole;
    }
    String value = scope.get().render(data, host.clock());
    if (value.isBlank()) {
      throw new IOException("'" + scope.get() + "' gives an empty text for this event");
    }
    return whole + "." + (value.matches("[A-Za-z0-9_-]{1,64}") ? value : hashed(value));
  }

  /** A value may be longer than a blob's name, and hold what none may hold. */
  private static String hashed(String value) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return "~" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
