package dev.roost.host.pause;

import dev.roost.spi.Connection;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The pauses of an app's functions: read at the start, looked at again by and by, ended on time.
 * While the document can't be read, what was known of it holds. Safe for use by many threads.
 */
public final class Pauses {
  /** How long a start waits to learn which functions are paused. */
  public static final Duration START_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger("Host.General");
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY_IN_DEVELOPMENT = Duration.ofSeconds(2);
  private static final int TRIES = 5;

  private final HostServices host;
  private final Consumer<Set<String>> obey;
  private final CountDownLatch looked = new CountDownLatch(1);
  private Map<String, Pause> known = Map.of();
  private Set<String> obeyed = Set.of();
  private Waiter.Pending end = () -> {};
  private volatile String trouble = "";

  /**
   * @param obey told the names of the paused functions, in any case, whenever they change
   */
  public Pauses(HostServices host, Consumer<Set<String>> obey) {
    this.host = host;
    this.obey = obey;
  }

  /** Begins to look, on another thread. Without host storage there is nothing to look at. */
  public void start() {
    if (Connection.find(host.settings(), "Storage").isEmpty()) {
      looked.countDown();
    } else {
      host.waiter().after(Duration.ZERO, this::look);
    }
  }

  /** Waits until it is known what is paused, or {@code limit} is over. */
  public void awaitKnown(Duration limit) {
    try {
      if (!looked.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "It is not known yet which functions are paused; all begin");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Optional<StateStore.Document> document = host.stateStore().read(path());
      take(document.isEmpty() ? Map.of() : read(document.get()));
      if (!trouble.isEmpty()) {
        LOG.log(Level.INFO, "The document of pauses can be read again");
        trouble = "";
      }
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(trouble)) {
        LOG.log(
            Level.WARNING,
            "It can''t be read which functions are paused; tried again: {0}",
            reason);
        trouble = reason;
      }
    } finally {
      looked.countDown();
      host.waiter().after(host.development() ? LOOK_EVERY_IN_DEVELOPMENT : LOOK_EVERY, this::look);
    }
  }

  private Map<String, Pause> read(StateStore.Document document) throws IOException {
    return PauseDocument.read(document.content(), host.clock().now());
  }

  private synchronized void take(Map<String, Pause> pauses) {
    known = pauses;
    obey();
  }

  private synchronized void obey() {
    Instant now = host.clock().now();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.values().stream()
        .filter(pause -> pause.until().isAfter(now))
        .map(Pause::function)
        .forEach(names::add);
    end.cancel();
    known.values().stream()
        .map(Pause::until)
        .filter(until -> until.isAfter(now))
        .min(Instant::compareTo)
        .ifPresent(next -> end = host.waiter().after(Duration.between(now, next), this::obey));
    if (!names.equals(obeyed)) {
      LOG.log(
          Level.INFO,
          names.isEmpty() ? "No function is paused any more" : "Paused now: {0}",
          String.join(", ", names));
      obeyed = names;
      obey.accept(names);
    }
  }

  /** The pause of a function, if it is paused now. */
  public synchronized Optional<Pause> of(String function) {
    return Optional.ofNullable(known.get(function))
        .filter(pause -> pause.until().isAfter(host.clock().now()));
  }

  /** Degraded while the document can't be read. */
  public Health health() {
    return trouble.isEmpty() ? Health.UP : Health.degraded("pauses can't be read: " + trouble);
  }

  /**
   * Pauses a function on all hosts: on this one at once, on the others when they look.
   *
   * @throws IOException when the hosts' document can't be written: nothing is paused then
   */
  public void pause(Pause pause) throws IOException {
    change(pauses -> {
      pauses.put(pause.function(), pause);
      return pauses;
    });
  }

  /**
   * Ends a pause on all hosts.
   *
   * @throws IOException as {@link #pause}
   */
  public void resume(String function) throws IOException {
    change(pauses -> {
      pauses.remove(function);
      return pauses;
    });
  }

  private void change(UnaryOperator<Map<String, Pause>> edit) throws IOException {
    StateStore store = host.stateStore();
    for (int i = 0; i < TRIES; i++) {
      Optional<StateStore.Document> document = store.read(path());
      Map<String, Pause> pauses = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      if (document.isPresent()) {
        pauses.putAll(read(document.get()));
      }
      Map<String, Pause> changed = edit.apply(pauses);
      String text = PauseDocument.write(changed);
      Optional<String> written =
          document.isPresent()
              ? store.replace(path(), document.get().etag(), text)
              : store.create(path(), text);
      if (written.isPresent()) {
        take(changed);
        return;
      }
    }
    throw new IOException("others change the pauses all the time; try again");
  }

  private String path() {
    return "azure-webjobs-hosts/roost/" + host.hostId() + "/pauses.json";
  }
}
