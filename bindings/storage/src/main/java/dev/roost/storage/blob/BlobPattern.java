package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.spi.expression.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code path} of a blob trigger: a container and a pattern of names. A {@code {name}} captures
 * as much as it can, slashes too. Immutable. Source of the rules: WebJobs SDK, BlobPathSource.
 */
final class BlobPattern {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}\\p{Pc}]*");

  private final String text;
  private final String container;
  private final String prefix;
  private final List<String> names;
  private final Pattern pattern;
  private final List<Piece> pieces;

  private BlobPattern(
      String text, String container, List<Piece> pieces, List<String> names, Pattern pattern) {
    this.text = text;
    this.container = container;
    this.pieces = List.copyOf(pieces);
    this.prefix =
        !pieces.isEmpty() && pieces.getFirst() instanceof Piece.Literal literal
            ? literal.text()
            : "";
    this.names = List.copyOf(names);
    this.pattern = pattern;
  }

  /**
   * Parses {@code container} or {@code container/pattern}.
   *
   * @throws BindingException when it is malformed
   */
  static BlobPattern parse(String text) throws BindingException {
    String path = text.startsWith("/") ? text.substring(1) : text;
    int slash = path.indexOf('/');
    String container = slash < 0 ? path : path.substring(0, slash);
    String names = slash < 0 ? "" : path.substring(slash + 1);
    if (container.indexOf('{') >= 0 || container.indexOf('}') >= 0) {
      throw new BindingException(
          "path",
          "'" + text + "' has braces in its container",
          "Name one container and put the pattern behind the slash.");
    }
    BlobPath.checkContainer(container);
    String lower = container.toLowerCase(Locale.ROOT);
    return names.isEmpty()
        ? new BlobPattern(text, lower, List.of(), List.of(), Pattern.compile(".*", Pattern.DOTALL))
        : compile(text, lower, Piece.split("path", names));
  }

  private static BlobPattern compile(String text, String container, List<Piece> pieces)
      throws BindingException {
    StringBuilder regex = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Literal literal -> regex.append(Pattern.quote(literal.text()));
        case Piece.Parameter parameter -> {
          names.add(name(text, parameter.text(), names));
          regex.append("(.*)");
        }
      }
    }
    return new BlobPattern(
        text, container, pieces, names, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  private static String name(String text, String parameter, List<String> before)
      throws BindingException {
    // A format has no meaning in a pattern; the official host drops it, so apps may have one.
    int colon = parameter.indexOf(':');
    String name = colon < 0 ? parameter : parameter.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      throw new BindingException(
          "path",
          "'" + text + "' captures {" + parameter + "}, which is not a name",
          "Use letters, digits and _ between the braces; a point or an expression has no meaning"
              + " there.");
    }
    if (before.stream().anyMatch(name::equalsIgnoreCase)) {
      throw new BindingException(
          "path",
          "'" + text + "' captures {" + name + "} twice",
          "Give each capture its own name.");
    }
    return name;
  }

  /** In lower case. */
  String container() {
    return container;
  }

  /** What every matching name begins with; may be empty. */
  String prefix() {
    return prefix;
  }

  /** The captures of a blob's name, in order; empty when the name does not match. Case matters. */
  Optional<Map<String, String>> match(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> captures = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      captures.put(names.get(i), matcher.group(i + 1));
    }
    return Optional.of(captures);
  }

  /**
   * Why a blob's name does not match, for people: the first part of the pattern that finds no place
   * in it; empty when it matches.
   */
  Optional<String> mismatch(String name) {
    if (match(name).isPresent()) {
      return Optional.empty();
    }
    if (Pattern.compile(pattern.pattern(), pattern.flags() | Pattern.CASE_INSENSITIVE)
        .matcher(name)
        .matches()) {
      return Optional.of("it matches but for upper and lower case, which count in names of blobs");
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Literal(String part)) {
        regex.append(Pattern.quote(part));
        if (!Pattern.compile(regex + ".*", Pattern.DOTALL).matcher(name).matches()) {
          String before = i == 0 ? "it does not begin with '" : "there is no '";
          String after = i == 0 ? "'" : "' behind what comes before it in the pattern";
          return Optional.of(before + part + after);
        }
      } else {
        regex.append(".*");
      }
    }
    String last = pieces.getLast() instanceof Piece.Literal(String part) ? part : "";
    return Optional.of("it does not end with '" + last + "'");
  }

  /** As it was written, settings filled in. */
  @Override
  public String toString() {
    return text;
  }
}
