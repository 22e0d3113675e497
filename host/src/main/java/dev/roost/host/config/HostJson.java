package dev.roost.host.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.schema.FileSchema;
import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import dev.roost.spi.TimeSpans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * host.json with the {@code AzureFunctionsJobHost__…} overrides of the environment laid over it.
 * Immutable but for the tree, which nobody changes.
 */
public final class HostJson {
  private static final String OVERRIDE = "AzureFunctionsJobHost";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

  private final String file;
  private final ObjectNode root;
  private final EnvironmentSettings settings;

  private HostJson(String file, ObjectNode root, EnvironmentSettings settings) {
    this.file = file;
    this.root = root;
    this.settings = settings;
  }

  /**
   * Reads the file.
   *
   * @param file the host.json, or empty when the app has none (the defaults hold)
   * @param settings for the overrides
   * @param problems told of every mistake
   */
  public static HostJson read(
      Optional<Path> file, EnvironmentSettings settings, List<Problem> problems) {
    String name = file.map(Path::toString).orElse("host.json");
    // What an app without the file has: settings laid over it are held to the schema as well.
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "2.0");
    boolean fits = true;
    if (file.isPresent()) {
      try {
        JsonNode tree = Json.read(Files.readString(file.get()));
        List<Problem> misshapen = FileSchema.hostJson().check(name, tree);
        problems.addAll(misshapen);
        fits = misshapen.isEmpty();
        // A file that does not fit is not read on: its readers would tell the same mistake again.
        root = fits && tree instanceof ObjectNode object ? object : root;
      } catch (JsonProcessingException e) {
        problems.add(
            new Problem(
                name, "", "is not valid JSON (" + Json.where(e) + ")", "Correct it there."));
      } catch (IOException e) {
        problems.add(new Problem(name, "", "can't be read (" + e + ")", "Make it readable."));
      }
    }
    ObjectNode overridden = root.deepCopy();
    settings.section(OVERRIDE).forEach(new Overrides(overridden)::set);
    HostJson hostJson = new HostJson(name, overridden, settings);
    if (!fits) {
      return hostJson;
    }
    List<Problem> misplaced =
        overridden.equals(root) ? List.of() : FileSchema.hostJson().check(name, overridden);
    if (!misplaced.isEmpty()) {
      misplaced.stream().map(hostJson::blame).forEach(problems::add);
      return new HostJson(name, root, settings);
    }
    List<Problem> mistakes = new ArrayList<>();
    hostJson.check(mistakes);
    mistakes.stream().map(hostJson::blame).forEach(problems::add);
    return hostJson;
  }

  /**
   * Where the value at a path comes from, for people.
   *
   * @param path with points, from the root, in any case
   */
  public String origin(String path) {
    return override(path).map(settings::origin).orElse(path + " in host.json");
  }

  /** The setting that is laid over a path, or over something inside it. */
  private Optional<String> override(String path) {
    String name = OVERRIDE + "__" + path.replace(".", "__");
    if (settings.get(name).isPresent()) {
      return Optional.of(name);
    }
    return settings.section(name).keySet().stream().findFirst().map(rest -> name + "__" + rest);
  }

  /** The levels of {@code logging.logLevel}; empty when there are none. */
  public ObjectNode logLevels() {
    return section("logging").path("logLevel") instanceof ObjectNode levels
        ? levels
        : JsonNodeFactory.instance.objectNode();
  }

  /** A problem of this file, told of the setting that is laid over it where there is one. */
  public Problem blame(Problem problem) {
    if (!problem.where().equals(file)) {
      return problem;
    }
    String path = problem.key().replace("$.", "").replace("[", ".").replace("]", "");
    return override(path)
        .map(name -> {
          String[] place = settings.origin(name).split(" in ", 2);
          return new Problem(place[1], place[0], problem.found(), problem.remedy());
        })
        .orElse(problem);
  }

  private void check(List<Problem> problems) {
    readTimeout(problems);
    readRetry(problems);
  }

  /** Where it was read from, for messages. */
  public String file() {
    return file;
  }

  /** The whole tree; not to be changed. */
  public ObjectNode root() {
    return root;
  }

  /** {@code extensions.<name>}, in any case; empty when absent. */
  public ObjectNode extension(String name) {
    return section(section(root, "extensions"), name);
  }

  /** A top-level section such as {@code singleton}; empty when absent. */
  public ObjectNode section(String name) {
    return section(root, name);
  }

  /** Our own section {@code roost.<name>}; empty when absent. */
  public ObjectNode roost(String name) {
    return section(section(root, "roost"), name);
  }

  /** {@code roost.functions.<function>}; empty when absent. */
  public ObjectNode functionSettings(String function) {
    return section(section(section(root, "roost"), "functions"), function);
  }

  /** The functions that may run; empty for all. */
  public List<String> allowList() {
    List<String> names = new ArrayList<>();
    find(root, "functions").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** True when the root has this key. */
  public boolean has(String key) {
    return !find(root, key).isMissingNode();
  }

  /** How long one attempt may take; empty for no limit. */
  public Optional<Duration> functionTimeout() {
    return readTimeout(new ArrayList<>());
  }

  /** The retry policy of functions that have none of their own. */
  public Optional<RetryPolicy> retry() {
    return readRetry(new ArrayList<>());
  }

  private Optional<Duration> readTimeout(List<Problem> problems) {
    JsonNode node = find(root, "functionTimeout");
    if (node.isMissingNode() || node.isNull()) {
      return Optional.of(DEFAULT_TIMEOUT);
    }
    String text = node.asText();
    if (text.equals("-1")) {
      return Optional.empty();
    }
    Optional<Duration> span = TimeSpans.parse(text);
    if (span.isEmpty() || span.get().compareTo(Duration.ofSeconds(1)) < 0) {
      problems.add(
          new Problem(
              file,
              "functionTimeout",
              "'" + text + "' is not a time span of at least one second",
              "Write \"hh:mm:ss\", for example \"00:30:00\", or \"-1\" for no limit."));
      return Optional.of(DEFAULT_TIMEOUT);
    }
    return span;
  }

  private Optional<RetryPolicy> readRetry(List<Problem> problems) {
    JsonNode node = find(root, "retry");
    return node instanceof ObjectNode retry
        ? Retries.read(retry, file, problems)
        : Optional.empty();
  }

  private static ObjectNode section(ObjectNode parent, String name) {
    return find(parent, name) instanceof ObjectNode object
        ? object
        : JsonNodeFactory.instance.objectNode();
  }

  static JsonNode find(ObjectNode parent, String name) {
    for (Map.Entry<String, JsonNode> property : parent.properties()) {
      if (property.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return property.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}
