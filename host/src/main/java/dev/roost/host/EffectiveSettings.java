package dev.roost.host;

import dev.roost.host.app.FunctionApp;
import dev.roost.host.config.HostJson;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.TimeSpans;
import dev.roost.spi.TriggerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks every trigger for its settings, and adds those that the host itself obeys. */
final class EffectiveSettings {
  private final Bindings bindings;
  private final HostServices host;
  private final HostJson hostJson;

  EffectiveSettings(Bindings bindings, HostServices host, Configuration configuration) {
    this.bindings = bindings;
    this.host = host;
    this.hostJson = configuration.hostJson();
  }

  List<FunctionSettings> of(FunctionApp app) {
    String source = app.layout().functionJsons().isEmpty() ? "annotation" : "function.json";
    return app.functions().stream().map(function -> of(function, source)).toList();
  }

  private FunctionSettings of(FunctionDefinition function, String source) {
    String type = function.trigger().type();
    Optional<TriggerProvider> provider = bindings.trigger(type);
    if (provider.isEmpty()) {
      return new FunctionSettings(
          function.name(), type, List.of(), Optional.of("this host has no " + type));
    }
    try {
      List<EffectiveSetting> settings =
          new ArrayList<>(
              provider.get().effective(new BindingContext(function, function.trigger(), host)));
      settings.add(timeout());
      settings.add(retry(function));
      return new FunctionSettings(
          function.name(),
          type,
          settings.stream().map(setting -> named(setting, source)).toList(),
          Optional.empty());
    } catch (BindingException e) {
      return new FunctionSettings(
          function.name(), type, List.of(), Optional.of(e.problem(function.name()).line()));
    }
  }

  private static EffectiveSetting named(EffectiveSetting setting, String source) {
    return setting.origin().equals(EffectiveSetting.BINDING) ? setting.from(source) : setting;
  }

  private EffectiveSetting timeout() {
    String value = hostJson.functionTimeout().map(TimeSpans::text).orElse("-1");
    return new EffectiveSetting("functionTimeout", value, origin("functionTimeout"));
  }

  /** A queue's deliveries are redelivered, so that host.json's policy is not for them. */
  private EffectiveSetting retry(FunctionDefinition function) {
    if (function.retry().isPresent()) {
      return new EffectiveSetting("retry", text(function.retry().get()), EffectiveSetting.BINDING);
    }
    boolean queue = function.trigger().type().equalsIgnoreCase("queueTrigger");
    Optional<RetryPolicy> general = queue ? Optional.empty() : hostJson.retry();
    return new EffectiveSetting(
        "retry",
        general.map(EffectiveSettings::text).orElse("none"),
        general.isPresent() ? origin("retry") : EffectiveSetting.DEFAULT);
  }

  private static String text(RetryPolicy policy) {
    String count =
        policy.maxRetryCount() == RetryPolicy.FOR_EVER
            ? "for ever"
            : policy.maxRetryCount() + " times";
    return switch (policy) {
      case RetryPolicy.FixedDelay fixed -> count + " after " + span(fixed.delayInterval());
      case RetryPolicy.ExponentialBackoff backoff ->
          "%s after %s to %s"
              .formatted(count, span(backoff.minimumInterval()), span(backoff.maximumInterval()));
    };
  }

  private static String span(Duration span) {
    return TimeSpans.text(span);
  }

  private String origin(String key) {
    return hostJson.has(key) ? host.origin(key) : EffectiveSetting.DEFAULT;
  }
}
