package dev.roost.host.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Maps each trigger to what a scaler can see of it. Rules: docs/deploying.md. */
final class ScalingPlan {
  private static final int BATCH = 16;
  private static final int THRESHOLD = 8;
  private static final int CALLS = 16;
  private static final int SESSIONS = 8;

  private final HostServices host;
  private final boolean timersToZero;
  private final boolean splitHttp;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final List<String> always = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> http = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  private ScalingPlan(HostServices host, Wishes wishes) {
    this.host = host;
    this.timersToZero = wishes.flag("timerScaleToZero");
    this.splitHttp = wishes.flag("splitHttp");
  }

  /**
   * The plan of these functions.
   *
   * @throws ExportException when a place can't be named truly
   */
  static Scaling of(List<FunctionDefinition> functions, HostServices host, Wishes wishes)
      throws ExportException {
    ScalingPlan plan = new ScalingPlan(host, wishes);
    for (FunctionDefinition function : functions) {
      plan.add(function);
    }
    return new Scaling(
        List.copyOf(plan.rules.values()),
        List.copyOf(plan.always),
        List.copyOf(plan.warnings),
        List.copyOf(plan.http),
        List.copyOf(plan.others));
  }

  private void add(FunctionDefinition function) throws ExportException {
    String type = function.trigger().type().toLowerCase(Locale.ROOT);
    (type.equals("httptrigger") ? http : others).add(function.name());
    switch (type) {
      case "httptrigger" -> {
        if (!splitHttp) {
          always.add(function.name() + " answers HTTP, which KEDA's core can't hold back");
        }
      }
      case "queuetrigger" -> queue(function);
      case "blobtrigger" -> blob(function);
      case "servicebustrigger" -> serviceBus(function);
      case "timertrigger" -> timer(function);
      default ->
          always.add(
              function.name() + " has the trigger '" + type + "', for which no scaler is known");
    }
  }

  private void queue(FunctionDefinition function) throws ExportException {
    int batch = option(function, "queues", "batchSize", BATCH);
    int threshold =
        option(function, "queues", "newBatchThreshold", batch == BATCH ? THRESHOLD : batch / 2);
    storageQueue(function, filled(function, "queueName"), connection(function), batch + threshold);
  }

  private void blob(FunctionDefinition function) throws ExportException {
    int parallel = option(function, "blobs", "maxDegreeOfParallelism", CALLS / 2);
    Optional<String> events =
        Optional.of(host.functionSettings(function.name()).path("eventQueue").asText(""))
            .filter(name -> !name.isBlank());
    if (events.isPresent()) {
      storageQueue(function, events.get(), connection(function), parallel);
      return;
    }
    // Never azure-blob: it counts the blobs that are there, and a blob trigger leaves them there.
    storageQueue(
        function, "azure-webjobs-blobtrigger-" + host.hostId(), "AzureWebJobsStorage", parallel);
    boolean byEvent =
        function.trigger().text("source").filter("EventGrid"::equalsIgnoreCase).isPresent();
    always.add(
        function.name()
            + (byEvent
                ? " is told of blobs by HTTP"
                : " finds its blobs by scanning, which only a running host does"));
  }

  private void storageQueue(
      FunctionDefinition function, String queue, String connection, int perHost)
      throws ExportException {
    Place place =
        Place.of(
            function.name(),
            host.settings(),
            connection,
            "accountName",
            List.of("accountName", "queueServiceUri", "serviceUri"),
            warnings);
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("queueName", queue).put("queueLength", Integer.toString(perHost));
    // Invisible messages are being worked on: their replicas must not go.
    metadata.put("queueLengthStrategy", "all");
    metadata.setAll(place.metadata());
    rule(function, "azure-queue", metadata, place.identity());
  }

  private void serviceBus(FunctionDefinition function) throws ExportException {
    boolean sessions = function.trigger().flag("isSessionsEnabled", false);
    int perHost =
        sessions
            ? option(function, "serviceBus", "maxConcurrentSessions", SESSIONS)
            : option(function, "serviceBus", "maxConcurrentCalls", CALLS);
    String connection = function.trigger().text("connection").orElse("AzureWebJobsServiceBus");
    Place place =
        Place.of(
            function.name(),
            host.settings(),
            connection,
            "namespace",
            List.of("fullyQualifiedNamespace"),
            warnings);
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    if (function.trigger().text("topicName").isPresent()) {
      metadata.put("topicName", filled(function, "topicName"));
      metadata.put("subscriptionName", filled(function, "subscriptionName"));
    } else {
      metadata.put("queueName", filled(function, "queueName"));
    }
    metadata.put("messageCount", Integer.toString(perHost));
    metadata.setAll(place.metadata());
    if (!place.identity()) {
      warnings.add(
          function.name()
              + ": KEDA counts with the Manage claim, so the policy of its connection string needs"
              + " it; an identity connection needs only a role.");
    }
    rule(function, "azure-servicebus", metadata, place.identity());
  }

  private void timer(FunctionDefinition function) throws ExportException {
    String schedule = filled(function, "schedule");
    if (!timersToZero) {
      always.add(function.name() + " is a timer (--timer-scale-to-zero for a sparse one)");
      return;
    }
    Optional<CronWindows> windows = CronWindows.of(schedule);
    if (windows.isEmpty()) {
      always.add(
          function.name()
              + " is a timer with the schedule '"
              + schedule
              + "', which is no list of at most 24 times of every day, so it has no windows");
      return;
    }
    String zone = zone(function);
    for (CronWindows.Window window : windows.get().windows()) {
      ObjectNode metadata = JsonNodeFactory.instance.objectNode();
      metadata.put("timezone", zone).put("start", window.start()).put("end", window.end());
      rule(function, "cron", metadata.put("desiredReplicas", "1"), false);
    }
  }

  private String zone(FunctionDefinition function) {
    return function
        .trigger()
        .text("timeZone")
        .or(() -> host.settings().get("WEBSITE_TIME_ZONE"))
        .or(() -> host.settings().get("TZ"))
        .filter(zone -> !zone.isBlank())
        .orElse("Etc/UTC");
  }

  private void rule(
      FunctionDefinition function, String type, ObjectNode metadata, boolean identity) {
    // Several functions may share a place; KEDA wants it once.
    String key = type + metadata;
    String base = Names.label(function.name());
    long same =
        rules.values().stream()
            .filter(rule -> rule.name().equals(base) || rule.name().startsWith(base + "-at-"))
            .count();
    rules.putIfAbsent(
        key, new Rule(same == 0 ? base : base + "-at-" + same, type, metadata, identity));
  }

  private static String connection(FunctionDefinition function) {
    return function.trigger().text("connection").orElse("AzureWebJobsStorage");
  }

  private String filled(FunctionDefinition function, String key) throws ExportException {
    BindingDefinition trigger = function.trigger();
    try {
      return host.settings().fill(key, trigger.text(key).orElse(""));
    } catch (BindingException e) {
      throw new ExportException(
          function.name()
              + ": "
              + e.getMessage()
              + " A scaler needs the value itself, so the setting must be known at the export.");
    }
  }

  private int option(FunctionDefinition function, String extension, String key, int fallback) {
    int common = find(host.extension(extension), key).orElse(fallback);
    return Math.max(1, find(host.functionSettings(function.name()), key).orElse(common));
  }

  private static Optional<Integer> find(ObjectNode section, String key) {
    return section.properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(entry -> entry.getValue().asInt(0))
        .filter(value -> value > 0)
        .findFirst();
  }
}
