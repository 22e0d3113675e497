package dev.roost.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.keys.KeyedAccess;
import dev.roost.host.keys.Keys;
import dev.roost.host.lease.LeaseKeeper;
import dev.roost.host.lease.Turns;
import dev.roost.host.meter.MicrometerMeters;
import dev.roost.host.run.Carriers;
import dev.roost.host.run.PlatformWaiter;
import dev.roost.host.run.SystemClock;
import dev.roost.spi.Access;
import dev.roost.spi.Concurrency;
import dev.roost.spi.HostClock;
import dev.roost.spi.HostServices;
import dev.roost.spi.HostState;
import dev.roost.spi.Problem;
import dev.roost.spi.Settings;
import dev.roost.spi.Singletons;
import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a running host lends its bindings. */
final class HostContext implements HostServices {
  private static final Duration TURN_ASKED_FOR_EACH = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final Lifecycle lifecycle;
  private final SystemClock clock = new SystemClock();
  private final PlatformWaiter waiter = new PlatformWaiter(clock);
  private final Carriers carriers = Carriers.watch(waiter, clock);
  private final String instanceId;
  private final MicrometerMeters meters = new MicrometerMeters();
  private final Keys keys;
  private final Access access;
  private final Map<Class<?>, AutoCloseable> shared = new LinkedHashMap<>();
  private final StateStore stateStore;
  private final LeaseKeeper singletons;
  private final Turns turns;

  HostContext(
      Configuration configuration,
      Lifecycle lifecycle,
      Bindings bindings,
      Consumer<Problem> problems) {
    this.configuration = configuration;
    this.lifecycle = lifecycle;
    this.instanceId =
        configuration
            .settings()
            .get("WEBSITE_INSTANCE_ID")
            .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    this.stateStore = Stores.state(bindings.store(), this);
    this.keys = Keys.of(this, problems);
    this.access = new KeyedAccess(configuration.open(), keys);
    this.singletons =
        new LeaseKeeper(this, Stores.leases(bindings.store(), this), configuration.leases());
    this.turns = new Turns(singletons, TURN_ASKED_FOR_EACH);
  }

  @Override
  public String hostId() {
    return configuration.hostId().value();
  }

  @Override
  public String instanceId() {
    return instanceId;
  }

  @Override
  public boolean development() {
    return configuration.development();
  }

  @Override
  public HostState state() {
    return lifecycle.state();
  }

  @Override
  public HostState awaitStarted(Duration limit) throws InterruptedException {
    return lifecycle.awaitStarted(limit);
  }

  @Override
  public Settings settings() {
    return configuration.settings();
  }

  @Override
  public ObjectNode extension(String name) {
    return configuration.hostJson().extension(name);
  }

  @Override
  public ObjectNode roost(String name) {
    return configuration.hostJson().roost(name);
  }

  @Override
  public ObjectNode functionSettings(String function) {
    return configuration.hostJson().functionSettings(function);
  }

  @Override
  public String origin(String path) {
    return configuration.hostJson().origin(path);
  }

  @Override
  public Concurrency concurrency() {
    return configuration.limits().concurrency();
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

  /** Gives back what locks come late; once the listeners have stopped, before the store closes. */
  void closeLocks() {
    singletons.close();
  }

  /** The locks of single calls. */
  Turns turns() {
    return turns;
  }

  @Override
  public Singletons singletons() {
    return singletons;
  }

  @Override
  public MicrometerMeters meters() {
    return meters;
  }

  /** The keys of the host and its functions. */
  Keys keys() {
    return keys;
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public synchronized <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> first) {
    AutoCloseable present = shared.get(type);
    if (present != null) {
      return type.cast(present);
    }
    T made = first.get();
    shared.put(type, made);
    return made;
  }

  /** Ends waiting, then closes what providers share; after every provider was closed. */
  synchronized void close(Closing closing) {
    carriers.close();
    waiter.close();
    shared.values().forEach(closing::close);
    meters.close();
  }
}
