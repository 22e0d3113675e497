package dev.roost.http.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of all functions in the order in which they are tried: by the function's name, nothing
 * else counts (the Functions host has no ranking by how specific a route is). Immutable.
 *
 * @param <T> what a route leads to
 */
public final class Routes<T> {
  private final List<Entry<T>> entries;

  private Routes(List<Entry<T>> entries) {
    this.entries = entries;
  }

  /** No routes. */
  public static <T> Routes<T> empty() {
    return new Routes<>(List.of());
  }

  /**
   * One route.
   *
   * @param name its place in the order; one entry each
   * @param methods in upper case; empty for every method
   */
  public record Entry<T>(String name, RouteTemplate template, Set<String> methods, T target) {
    public Entry {
      methods = Set.copyOf(methods);
    }

    boolean takes(String method) {
      return methods.isEmpty() || methods.contains(method);
    }

    private boolean clashesWith(Entry<?> other) {
      return template.key().equals(other.template.key())
          && (methods.isEmpty()
              || other.methods.isEmpty()
              || !Collections.disjoint(methods, other.methods));
    }
  }

  /** A route that fits, and the values of its parameters. */
  public record Match<T>(T target, Map<String, String> values) {}

  /** The entry of another name that has the same template for one of the same methods. */
  public Optional<Entry<T>> clash(Entry<T> candidate) {
    return entries.stream()
        .filter(entry -> !entry.name().equalsIgnoreCase(candidate.name()))
        .filter(candidate::clashesWith)
        .findFirst();
  }

  /** These routes and one more, instead of the one that has the same name. */
  public Routes<T> with(Entry<T> added) {
    List<Entry<T>> all = new ArrayList<>(without(added.name()).entries);
    all.add(added);
    all.sort(Routes::byName);
    return new Routes<>(List.copyOf(all));
  }

  // Comparator.comparing gives serializable lambdas, which no AOT cache keeps.
  private static int byName(Entry<?> a, Entry<?> b) {
    int order = a.name().compareToIgnoreCase(b.name());
    return order == 0 ? a.name().compareTo(b.name()) : order;
  }

  /** These routes but the one of this name. */
  public Routes<T> without(String name) {
    return new Routes<>(
        entries.stream().filter(entry -> !entry.name().equalsIgnoreCase(name)).toList());
  }

  /** The first route that fits; a route that lacks the method counts as no route. */
  public Optional<Match<T>> find(String method, RequestPath path) {
    for (int i = 0; i < entries.size(); i++) {
      Entry<T> entry = entries.get(i);
      if (!entry.takes(method)) {
        continue;
      }
      Optional<Map<String, String>> values = entry.template().match(path);
      if (values.isPresent()) {
        return Optional.of(new Match<>(entry.target(), values.get()));
      }
    }
    return Optional.empty();
  }
}
