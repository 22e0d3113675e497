package dev.roost.host;

import dev.roost.spi.EndpointServer;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.InputProvider;
import dev.roost.spi.LocalServiceProvider;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Settings;
import dev.roost.spi.StoreProvider;
import dev.roost.spi.TriggerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The providers that the host's class path offers, by binding type. */
final class Bindings {
  private final Map<String, TriggerProvider> triggers =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, InputProvider> inputs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, OutputProvider> outputs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<AutoCloseable> providers = new ArrayList<>();
  private final Optional<StoreProvider> store;
  private final Optional<EndpointServer> server;

  private Bindings(ClassLoader loader) {
    ServiceLoader.load(TriggerProvider.class, loader)
        .forEach(provider -> provider.types().forEach(type -> triggers.put(type, provider)));
    ServiceLoader.load(InputProvider.class, loader)
        .forEach(provider -> provider.types().forEach(type -> inputs.put(type, provider)));
    ServiceLoader.load(OutputProvider.class, loader)
        .forEach(provider -> provider.types().forEach(type -> outputs.put(type, provider)));
    store = ServiceLoader.load(StoreProvider.class, loader).findFirst();
    server =
        triggers.values().stream()
            .filter(EndpointServer.class::isInstance)
            .map(EndpointServer.class::cast)
            .findFirst();
    providers.addAll(triggers.values());
    providers.addAll(inputs.values());
    providers.addAll(outputs.values());
    store.ifPresent(providers::add);
  }

  /** What the class path of this class offers. */
  static Bindings installed() {
    return new Bindings(Bindings.class.getClassLoader());
  }

  Optional<TriggerProvider> trigger(String type) {
    return Optional.ofNullable(triggers.get(type));
  }

  Optional<InputProvider> input(String type) {
    return Optional.ofNullable(inputs.get(type));
  }

  Optional<OutputProvider> output(String type) {
    return Optional.ofNullable(outputs.get(type));
  }

  Optional<StoreProvider> store() {
    return store;
  }

  Optional<EndpointServer> server() {
    return server;
  }

  /** Starts what the app needs on the developer's machine, where its settings ask for it. */
  List<AutoCloseable> startLocal(List<FunctionDefinition> functions, Settings settings) {
    List<AutoCloseable> started = new ArrayList<>();
    ServiceLoader.load(LocalServiceProvider.class, Bindings.class.getClassLoader())
        .forEach(provider -> started.addAll(provider.start(functions, settings)));
    return started;
  }

  /** The trigger types that can run here, for messages. */
  String knownTriggers() {
    return String.join(", ", triggers.keySet());
  }

  /** Every trigger provider once. */
  List<TriggerProvider> triggerProviders() {
    return triggers.values().stream().distinct().toList();
  }

  /** Closes each provider once, and tells what went wrong. */
  void close(Closing closing) {
    providers.stream().distinct().forEach(closing::close);
  }
}
