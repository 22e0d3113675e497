package dev.roost.timer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One timer as its function asks for it.
 *
 * @param text the schedule as written, its settings filled in
 * @param schedule when it is due
 * @param zone the zone of the schedule and of all times that the function sees
 * @param runOnStartup whether it runs once when this host begins to listen
 * @param useMonitor whether anything is remembered between runs
 * @param policy what becomes of late and missed occurrences
 * @param hook who is told of missed ones
 */
record TimerSettings(
    String text,
    Schedule schedule,
    ZoneId zone,
    boolean runOnStartup,
    boolean useMonitor,
    MissedPolicy policy,
    Optional<MissedHook> hook) {

  private static final Duration LATE_AFTER = Duration.ofSeconds(1);
  private static final Duration MISSED_AFTER = Duration.ofMinutes(1);
  private static final int MOST_MISSED = 100;

  /**
   * Reads the trigger's properties; the function's own section of host.json comes first.
   *
   * @throws BindingException naming the property that makes no sense
   */
  static TimerSettings read(BindingContext context) throws BindingException {
    Properties properties = new Properties(context);
    ZoneId zone = Zones.find("timeZone", properties.text("timeZone"), context.host().settings());
    String text = context.required("schedule").strip();
    return new TimerSettings(
        text,
        schedule(text, zone),
        zone,
        properties.flag("runOnStartup", false),
        properties.flag("useMonitor", true),
        new MissedPolicy(
            properties.choice(
                "missed", MissedPolicy.Missed.RUN_ONCE, List.of(MissedPolicy.Missed.values())),
            properties.count("maxMissed", MOST_MISSED),
            properties.duration("onlyWithin"),
            properties.duration("lateAfter").orElse(LATE_AFTER),
            properties.duration("missedAfter").orElse(MISSED_AFTER),
            properties.choice("guarantee", Guarantee.AT_LEAST_ONCE, List.of(Guarantee.values()))
                == Guarantee.AT_MOST_ONCE),
        hook(properties, context));
  }

  /** An empty one of the function's own switches the common one off. */
  private static Optional<MissedHook> hook(Properties properties, BindingContext context)
      throws BindingException {
    String url =
        properties.node("missedWebhook").map(JsonNode::asText).orElse(MissedHook.common(context));
    return url.isBlank()
        ? Optional.empty()
        : Optional.of(MissedHook.of(context.host().settings().fill("missedWebhook", url).strip()));
  }

  /**
   * The same, and where each comes from.
   *
   * @throws BindingException as {@link #read}
   */
  static List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    TimerSettings settings = read(context);
    MissedPolicy policy = settings.policy();
    EffectiveSetting zone = context.effective("", "timeZone", settings.zone().getId());
    Optional<String> zoned = Zones.setting(context.host().settings());
    return List.of(
        context.effective("", "schedule", settings.text()),
        zone.origin().equals(EffectiveSetting.DEFAULT) && zoned.isPresent()
            ? zone.from(context.host().settings().origin(zoned.get()))
            : zone,
        context.effective("", "runOnStartup", settings.runOnStartup()),
        context.effective("", "useMonitor", settings.useMonitor()),
        context.effective("", "missed", policy.missed()),
        context.effective("", "maxMissed", policy.most()),
        context.effective(
            "", "onlyWithin", policy.onlyWithin().map(TimeSpans::text).orElse("no limit")),
        context.effective("", "lateAfter", policy.lateAfter()),
        context.effective("", "missedAfter", policy.missedAfter()),
        context.effective(
            "",
            "guarantee",
            policy.atMostOnce() ? Guarantee.AT_MOST_ONCE : Guarantee.AT_LEAST_ONCE));
  }

  private enum Guarantee {
    AT_LEAST_ONCE,
    AT_MOST_ONCE
  }

  private static Schedule schedule(String text, ZoneId zone) throws BindingException {
    try {
      return Schedule.parse(text, zone);
    } catch (ScheduleException e) {
      throw new BindingException(
          "schedule",
          String.valueOf(e.getMessage()),
          "Write five or six fields, such as 0 */5 * * * * for every five minutes, or a time span,"
              + " such as 00:05:00.");
    }
  }

  /** The function's section of host.json, with the trigger's properties behind it. */
  private record Properties(BindingContext context) {

    Optional<JsonNode> node(String key) {
      return context.host().functionSettings(context.function().name()).properties().stream()
          .filter(property -> property.getKey().equalsIgnoreCase(key))
          .map(Map.Entry::getValue)
          .findFirst()
          .or(() -> context.binding().property(key));
    }

    Optional<String> text(String key) throws BindingException {
      Optional<String> text = node(key).map(JsonNode::asText).filter(value -> !value.isBlank());
      return text.isEmpty()
          ? text
          : Optional.of(context.host().settings().fill(key, text.get()).strip());
    }

    boolean flag(String key, boolean fallback) throws BindingException {
      return choice(key, fallback, List.of(true, false));
    }

    int count(String key, int fallback) throws BindingException {
      Optional<String> text = text(key);
      if (text.isEmpty()) {
        return fallback;
      }
      if (!text.get().matches("[1-9][0-9]{0,6}")) {
        throw wrong(key, text.get(), "Write a whole number from 1 to 9999999.");
      }
      return Integer.parseInt(text.get());
    }

    Optional<Duration> duration(String key) throws BindingException {
      Optional<String> text = text(key);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      Optional<Duration> span = TimeSpans.parse(text.get());
      if (span.isEmpty() || span.get().isNegative()) {
        throw wrong(key, text.get(), "Write a time span, such as 00:10:00.");
      }
      return span;
    }

    /** One of a few values, in any case and with or without underscores. */
    <T> T choice(String key, T fallback, List<T> values) throws BindingException {
      Optional<String> text = text(key);
      if (text.isEmpty()) {
        return fallback;
      }
      for (T value : values) {
        if (plain(value.toString()).equals(plain(text.get()))) {
          return value;
        }
      }
      throw wrong(key, text.get(), "Write one of " + values + ".");
    }

    private static String plain(String name) {
      return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static BindingException wrong(String key, String found, String remedy) {
      return new BindingException(key, "'" + found + "' is not understood", remedy);
    }
  }
}
