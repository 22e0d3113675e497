package dev.roost.host;

import dev.roost.host.app.AppLayout;
import dev.roost.host.config.EnvironmentSettings;
import dev.roost.host.config.HostId;
import dev.roost.host.config.HostJson;
import dev.roost.host.config.LocalSettings;
import dev.roost.host.lease.LeaseOptions;
import dev.roost.host.limit.LimitOptions;
import dev.roost.spi.Problem;
import dev.roost.spi.TimeSpans;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that files and environment say, read once before anything starts.
 *
 * @param settings the app's settings
 * @param hostJson host.json with its overrides
 * @param hostId the id that the replicas share
 * @param development true in Development
 * @param address where to listen
 * @param leases how listeners hold their locks
 * @param drainLimit how long a stop waits for what runs
 */
record Configuration(
    EnvironmentSettings settings,
    HostJson hostJson,
    HostId hostId,
    boolean development,
    InetSocketAddress address,
    LeaseOptions leases,
    Duration drainLimit) {
  private static final int DEVELOPMENT_PORT = 7071;
  private static final int PRODUCTION_PORT = 8080;
  private static final Duration DRAIN = Duration.ofSeconds(25);

  static Configuration read(HostOptions options, List<AppLayout> layouts, List<Problem> problems) {
    Map<String, String> variables = new LinkedHashMap<>(options.environment());
    Optional<Path> hostJsonFile = Optional.empty();
    Set<String> local = LocalSettings.taken(options.environment());
    boolean localApp = false;
    for (AppLayout layout : layouts) {
      if (layout.localSettings().isPresent()) {
        localApp = true;
        Map<String, String> additions =
            LocalSettings.additions(
                LocalSettings.read(layout.localSettings().get(), problems::add), variables);
        variables.putAll(additions);
        local.addAll(additions.keySet());
      }
      hostJsonFile = hostJsonFile.or(layout::hostJson);
    }
    EnvironmentSettings settings = new EnvironmentSettings(variables, local);
    HostJson hostJson = HostJson.read(hostJsonFile, settings, problems);
    boolean asked = options.development() || localApp;
    boolean development =
        settings
            .get("AZURE_FUNCTIONS_ENVIRONMENT")
            .filter(value -> !value.isBlank())
            .map(value -> value.equalsIgnoreCase("Development"))
            .orElse(asked);
    Path root = layouts.isEmpty() ? Path.of("").toAbsolutePath() : layouts.getFirst().root();
    List<Problem> mistakes = new ArrayList<>();
    Configuration read =
        new Configuration(
            settings,
            hostJson,
            HostId.of(settings, machine(settings), root),
            development,
            address(options, settings, development, mistakes),
            LeaseOptions.read(hostJson.section("singleton"), hostJson.file(), mistakes),
            drainLimit(hostJson, mistakes));
    mistakes.stream().map(hostJson::blame).forEach(problems::add);
    return read;
  }

  /** True when functions and admin are open to everybody who can reach the address. */
  boolean open() {
    return development && !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  /** How limits are found. */
  LimitOptions limits() {
    return LimitOptions.read(hostJson.section("concurrency"));
  }

  /** True inside a container, where a generated host id differs between replicas. */
  boolean inContainer() {
    return settings.get("KUBERNETES_SERVICE_HOST").isPresent()
        || settings.get("container").isPresent()
        || settings.isOn("DOTNET_RUNNING_IN_CONTAINER")
        || settings.isOn("ROOST_RUNNING_IN_CONTAINER")
        || Path.of("/.dockerenv").toFile().exists()
        || Path.of("/run/.containerenv").toFile().exists();
  }

  /**
   * Replicas in containers have different machine names: an id made from one would not be shared.
   */
  Optional<Problem> unsharedId() {
    return !development && hostId.generated() && inContainer()
        ? Optional.of(
            new Problem(
                "the settings",
                "AzureFunctionsWebHost__hostid",
                "is not set, and inside a container the machine's name is another for each replica,"
                    + " so the replicas would not share locks, timers and receipts",
                "Set it to a name of your app: at most 32 letters, digits and dashes, the same for"
                    + " every replica."))
        : Optional.empty();
  }

  private static Duration drainLimit(HostJson hostJson, List<Problem> problems) {
    String text = hostJson.section("roost").path("drainTimeout").asText("");
    if (text.isEmpty()) {
      return DRAIN;
    }
    Optional<Duration> span =
        TimeSpans.parse(text)
            .filter(value -> !value.isNegative() && value.compareTo(Duration.ofDays(1)) <= 0);
    if (span.isEmpty()) {
      problems.add(
          new Problem(
              hostJson.file(),
              "roost.drainTimeout",
              "'" + text + "' is not a time span of at most a day",
              "Write \"hh:mm:ss\", for example \"00:00:25\"."));
    }
    return span.orElse(DRAIN);
  }

  private static InetSocketAddress address(
      HostOptions options,
      EnvironmentSettings settings,
      boolean development,
      List<Problem> problems) {
    int port = options.port().orElseGet(() -> port(settings, development, problems));
    String name = options.address().orElse(development ? "127.0.0.1" : "0.0.0.0");
    InetSocketAddress address = new InetSocketAddress(name, port);
    if (address.isUnresolved()) {
      problems.add(
          new Problem(
              "the command line",
              "--address",
              "'" + name + "' is not an address of this machine",
              "Give an IP address or a host name that resolves, for example 127.0.0.1."));
    }
    return address;
  }

  private static int port(
      EnvironmentSettings settings, boolean development, List<Problem> problems) {
    int fallback = development ? DEVELOPMENT_PORT : PRODUCTION_PORT;
    for (String name : List.of("PORT", "Host__LocalHttpPort")) {
      String text = settings.get(name).orElse("").strip();
      if (text.matches("\\d{1,5}") && Integer.parseInt(text) < 65_536) {
        return Integer.parseInt(text);
      } else if (!text.isEmpty()) {
        problems.add(
            new Problem(
                "the settings",
                name,
                "'" + text + "' is not a port",
                "Write a number from 0 to 65535."));
      }
    }
    return fallback;
  }

  static String machine(EnvironmentSettings settings) {
    return settings
        .get("HOSTNAME")
        .or(() -> settings.get("COMPUTERNAME"))
        .filter(name -> !name.isBlank())
        .orElseGet(Configuration::localHostName);
  }

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  boolean isDisabled(String function) {
    return settings.isOn("AzureWebJobs." + function + ".Disabled")
        || settings.isOn("AzureWebJobs_" + function + "_Disabled");
  }
}
