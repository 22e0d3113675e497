package dev.roost.host.keys;

import dev.roost.spi.AccessLevel;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/**
 * The keys of a host and its functions: read when first asked for, made where they are missing,
 * read again by and by, since others change them too. What could be read once stays valid while the
 * store does not answer. Safe for use by many threads; methods may block for the store.
 */
public final class Keys {
  private static final Logger LOG = System.getLogger("Host.Authentication");

  /** How long a store that failed is not asked again for the sake of a request. */
  private static final Duration FAILED_LATELY = Duration.ofSeconds(5);

  /** How often an unknown key makes us look for newer ones: the rule of the official host. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final int TRIES = 5;

  private final HostServices host;
  private final KeyStore store;
  private final Map<String, String> given;
  private final Set<String> webhookKeys = ConcurrentHashMap.newKeySet();
  private final Map<KeyScope, Known> known = new ConcurrentHashMap<>();
  private final Map<KeyScope, Long> looked = new ConcurrentHashMap<>();
  private volatile String trouble = "";
  private volatile String unwritable = "";
  private volatile long failedAt;

  private Keys(HostServices host, KeyStore store, Map<String, String> given) {
    this.host = host;
    this.store = store;
    this.given = given;
  }

  /**
   * The keys that the settings speak of; reads nothing yet.
   *
   * @param problems told what is wrong with the settings
   */
  public static Keys of(HostServices host, Consumer<Problem> problems) {
    return new Keys(host, KeyPlace.of(host, problems), KeyPlace.given(host.settings()));
  }

  static Keys of(HostServices host, KeyStore store, Map<String, String> given) {
    return new Keys(host, store, given);
  }

  /** Reads the host's keys, and looks for changes from now on. */
  public void start() {
    host.waiter().after(Duration.ZERO, this::look);
  }

  private void look() {
    try {
      read(KeyScope.HOST);
      for (KeyScope scope : known.keySet()) {
        if (!scope.isHost()) {
          read(scope);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Keys are looked for again", e);
    } finally {
      host.waiter().after(store.lookEvery(), this::look);
    }
  }

  /** Where keys lie, for people. */
  public String place() {
    return store.place();
  }

  /** True when there are keys, or may be. */
  public boolean possible() {
    return !(store instanceof NoKeyStore) || !given.isEmpty();
  }

  /** True when the host's keys were read at least once. */
  public boolean isKnown() {
    return known.containsKey(KeyScope.HOST);
  }

  /** Degraded while the store can't be read, or missing keys can't be written to it. */
  public Health health() {
    if (!trouble.isEmpty()) {
      return Health.degraded("keys can't be read: " + trouble);
    }
    return unwritable.isEmpty()
        ? Health.UP
        : Health.degraded("missing keys can't be made: " + unwritable);
  }

  /** Has a system key made for each binding that takes webhooks: {@code blobs_extension}. */
  public void requireFor(List<HttpEndpoint> endpoints) {
    endpoints.stream()
        .filter(endpoint -> endpoint.access() == AccessLevel.SYSTEM)
        .map(endpoint -> KeyedAccess.WEBHOOK.matcher("/" + endpoint.path()))
        .filter(Matcher::matches)
        .forEach(webhook -> webhookKeys.add(KeyedAccess.keyOf(webhook)));
  }

  /**
   * The valid keys of a kind; a missing first key is made where that is possible.
   *
   * @param function the function's name for {@link KeyKind#FUNCTION}, else ignored
   */
  public List<Key> list(KeyKind kind, String function) throws IOException {
    return read(kind.scope(function)).keys(kind);
  }

  /**
   * Makes a key or gives it another value.
   *
   * @param value the new value; empty for a generated one
   */
  public KeyEdit put(KeyKind kind, String function, String name, Optional<String> value)
      throws IOException {
    String wanted = kind == KeyKind.MASTER ? "master" : name;
    Key key = new Key(wanted, value.orElseGet(() -> GeneratedKey.of(kind)));
    return edit(
        kind,
        function,
        wanted,
        document -> Optional.of(document.with(kind, key)),
        existed -> existed ? new KeyEdit.Renewed(key) : new KeyEdit.Created(key));
  }

  /** Removes a key. */
  public KeyEdit delete(KeyKind kind, String function, String name) throws IOException {
    if (kind == KeyKind.MASTER) {
      return new KeyEdit.Refused("the master key can be renewed but not deleted");
    }
    return edit(
        kind,
        function,
        name,
        document ->
            document.has(kind, name) ? Optional.of(document.without(kind, name)) : Optional.empty(),
        existed -> existed ? new KeyEdit.Deleted() : new KeyEdit.Missing());
  }

  private interface Change {
    /** The changed document; empty when there is nothing to change. */
    Optional<KeyDocument> of(KeyDocument document);
  }

  private interface Verdict {
    KeyEdit of(boolean existed);
  }

  private KeyEdit edit(KeyKind kind, String function, String name, Change change, Verdict verdict)
      throws IOException {
    KeyScope scope = kind.scope(function);
    if (NamedKeys.document(given, scope).has(kind, name)) {
      return new KeyEdit.Refused("the key '" + name + "' is given by the environment");
    }
    if (!store.writable()) {
      return new KeyEdit.Refused("keys can't be written: " + store.place());
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<KeyStore.Stored> stored = store.read(scope);
      KeyDocument document = stored.map(KeyStore.Stored::document).orElse(KeyDocument.EMPTY);
      Optional<KeyDocument> changed = change.of(document);
      boolean existed = document.has(kind, name);
      if (changed.isEmpty()) {
        return verdict.of(existed);
      }
      if (write(scope, stored.map(KeyStore.Stored::version), changed.get())) {
        known(scope, changed.get());
        LOG.log(Level.INFO, "Key ''{0}'' of {1} was changed", name, scope.document());
        return verdict.of(existed);
      }
    }
    throw new IOException("others change " + scope.document() + " all the time; try again");
  }

  /** The keys of a scope as we know them, read when nobody asked before. */
  Known known(KeyScope scope) throws IOException {
    Known present = known.get(scope);
    if (present != null) {
      return present;
    }
    if (!trouble.isEmpty() && host.clock().nanoTime() - failedAt < FAILED_LATELY.toNanos()) {
      throw new IOException(trouble);
    }
    return first(scope);
  }

  private synchronized Known first(KeyScope scope) throws IOException {
    Known present = known.get(scope);
    return present != null ? present : read(scope);
  }

  /** Reads a scope again unless that was done within the last minute; true when it was read. */
  boolean lookAgain(KeyScope scope) throws IOException {
    long now = host.clock().nanoTime();
    Long last = looked.get(scope);
    if (last != null && now - last < LOOK_AGAIN.toNanos()) {
      return false;
    }
    looked.put(scope, now);
    read(scope);
    return true;
  }

  private Known read(KeyScope scope) throws IOException {
    try {
      Optional<KeyStore.Stored> stored = store.read(scope);
      recovered();
      return known(scope, withMissing(scope, stored));
    } catch (IOException e) {
      failed(e);
      throw e;
    }
  }

  /** What is stored, and what had to be made; when that can't be written, what is there holds. */
  private KeyDocument withMissing(KeyScope scope, Optional<KeyStore.Stored> stored) {
    KeyDocument document = stored.map(KeyStore.Stored::document).orElse(KeyDocument.EMPTY);
    KeyDocument complete = completed(scope, document);
    if (!store.writable() || complete.equals(document)) {
      return document;
    }
    try {
      boolean written = write(scope, stored.map(KeyStore.Stored::version), complete);
      unwritable = "";
      if (!written) {
        // Another host was quicker: its keys count.
        return store.read(scope).map(KeyStore.Stored::document).orElse(KeyDocument.EMPTY);
      }
      LOG.log(
          Level.INFO,
          "Made the missing keys in {0} of {1}; roost keys list shows them",
          scope.document(),
          store.place());
      return complete;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(unwritable)) {
        LOG.log(Level.WARNING, "Missing keys can''t be made: {0}", reason);
        unwritable = reason;
      }
      return document;
    }
  }

  private boolean write(KeyScope scope, Optional<String> version, KeyDocument document)
      throws IOException {
    String text =
        document.text(scope, host.settings().get("WEBSITE_HOSTNAME").orElse(""), host.instanceId());
    return store.write(scope, version, text);
  }

  /** With the keys that every host and function has. */
  private KeyDocument completed(KeyScope scope, KeyDocument document) {
    KeyDocument complete = document;
    KeyDocument named = NamedKeys.document(given, scope);
    List<KeyKind> kinds =
        scope.isHost() ? List.of(KeyKind.MASTER, KeyKind.HOST) : List.of(KeyKind.FUNCTION);
    for (KeyKind kind : kinds) {
      if (!complete.has(kind) && !named.has(kind)) {
        String name = kind == KeyKind.MASTER ? "master" : "default";
        complete = complete.with(kind, new Key(name, GeneratedKey.of(kind)));
      }
    }
    for (String name : scope.isHost() ? webhookKeys : Set.<String>of()) {
      if (!complete.has(KeyKind.SYSTEM, name) && !named.has(KeyKind.SYSTEM, name)) {
        complete = complete.with(KeyKind.SYSTEM, new Key(name, GeneratedKey.of(KeyKind.SYSTEM)));
      }
    }
    return complete;
  }

  private Known known(KeyScope scope, KeyDocument document) {
    Known next = new Known(NamedKeys.document(given, scope), document);
    Known before = known.put(scope, next);
    if (!next.equals(before)) {
      for (KeyKind kind : KeyKind.values()) {
        document.encrypted(kind).forEach(name -> tellEncrypted(scope, name));
      }
      if (before != null) {
        LOG.log(Level.INFO, "The keys of {0} have changed", scope.document());
      }
    }
    return next;
  }

  private void tellEncrypted(KeyScope scope, String name) {
    LOG.log(
        Level.WARNING,
        "Key ''{0}'' in {1} of {2} is encrypted for Azure''s own host and opens nothing here."
            + " Renew it with roost keys renew, or store it with \"encrypted\": false.",
        name,
        scope.document(),
        store.place());
  }

  private void failed(IOException e) {
    String reason = String.valueOf(e.getMessage());
    failedAt = host.clock().nanoTime();
    if (!reason.equals(trouble)) {
      trouble = reason;
      LOG.log(
          Level.WARNING, "Keys can''t be read and are tried again; those known stay: {0}", reason);
    }
  }

  private void recovered() {
    if (!trouble.isEmpty()) {
      trouble = "";
      LOG.log(Level.INFO, "Keys can be read again");
    }
  }
}
