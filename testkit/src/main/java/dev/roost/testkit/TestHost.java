package dev.roost.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.Access;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Concurrency;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.HostState;
import dev.roost.spi.Meters;
import dev.roost.spi.Settings;
import dev.roost.spi.Singletons;
import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The host's services without a host: settings from a map, one manual clock, state in memory and
 * elections that this host always wins. Fields may be replaced before use.
 */
public final class TestHost implements HostServices {
  public final ManualClock manualClock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  public final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  public final Map<String, ObjectNode> extensions = new HashMap<>();
  public final Map<String, ObjectNode> functionSettings = new HashMap<>();
  public final Map<String, ObjectNode> roost = new HashMap<>();
  private final Map<Class<?>, AutoCloseable> shared = new HashMap<>();
  public HostClock clock = manualClock;
  public Waiter waiter = manualClock;
  public StateStore stateStore = new MemoryStateStore(manualClock);
  public Singletons singletons = new SoleHost();
  public final RecordedMeters recordedMeters = new RecordedMeters();
  public Access access = (required, function, request) -> Access.Decision.ALLOWED;
  public volatile HostState state = HostState.RUNNING;

  /** Run by {@link #awaitStarted}, so that a test can let the host start meanwhile. */
  public Runnable whenAwaited = () -> {};

  public Concurrency concurrency = Concurrency.STATIC;
  public boolean development = true;
  public String hostId = "testhost";
  public String instanceId = "test-instance";

  /** A context for a function of one binding, as if its function.json said so. */
  public BindingContext context(String function, BindingDefinition binding) {
    return new BindingContext(
        new FunctionDefinition(
            function, "../app.jar", "app.Functions.run", List.of(binding), Optional.empty()),
        binding,
        this);
  }

  @Override
  public String hostId() {
    return hostId;
  }

  @Override
  public String instanceId() {
    return instanceId;
  }

  @Override
  public boolean development() {
    return development;
  }

  @Override
  public Concurrency concurrency() {
    return concurrency;
  }

  @Override
  public HostState state() {
    return state;
  }

  @Override
  public HostState awaitStarted(Duration limit) {
    whenAwaited.run();
    return state;
  }

  @Override
  public Settings settings() {
    return new Settings() {
      @Override
      public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.replace(":", "__")));
      }

      @Override
      public Map<String, String> section(String name) {
        String prefix = name.replace(":", "__").toLowerCase(Locale.ROOT) + "__";
        Map<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((key, value) -> {
          if (key.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            section.put(key.substring(prefix.length()), value);
          }
        });
        return section;
      }
    };
  }

  @Override
  public ObjectNode extension(String name) {
    return extensions.getOrDefault(name, JsonNodeFactory.instance.objectNode());
  }

  @Override
  public ObjectNode roost(String name) {
    return roost.getOrDefault(name, JsonNodeFactory.instance.objectNode());
  }

  @Override
  public ObjectNode functionSettings(String function) {
    return functionSettings.getOrDefault(function, JsonNodeFactory.instance.objectNode());
  }

  @Override
  public HostClock clock() {
    return clock;
  }

  @Override
  public Waiter waiter() {
    return waiter;
  }

  @Override
  public StateStore stateStore() {
    return stateStore;
  }

  @Override
  public Singletons singletons() {
    return singletons;
  }

  @Override
  public Meters meters() {
    return recordedMeters;
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public synchronized <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> first) {
    return type.cast(shared.computeIfAbsent(type, _ -> first.get()));
  }

  /** Closes what the providers share, as a host does at its end. */
  public synchronized void closeShared() throws Exception {
    for (AutoCloseable each : shared.values()) {
      each.close();
    }
    shared.clear();
  }
}
