package dev.roost.host.cli;

import dev.roost.host.log.LogOutput;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the usual command line of {@code roost start} without the library that reads all others: it
 * takes its classes' annotations apart for a sixth of a start's time. What is in any way unusual,
 * wrong first of all, is left to the library, so that there is one who tells it.
 */
final class PlainStart {
  private static final String PORT = "--port";
  private static final String ADDRESS = "--address";
  private static final String FUNCTIONS = "--functions";
  private static final String LOG = "--log";
  private static final String DEVELOPMENT = "--dev";

  private static final Set<String> TAKE_VALUES = Set.of(PORT, ADDRESS, FUNCTIONS, LOG);

  private PlainStart() {}

  /** What the command line says; empty when the library has to look. */
  static Optional<Start> of(String... args) {
    if (args.length == 0 || !args[0].equals("start")) {
      return Optional.empty();
    }
    Deque<String> words = new ArrayDeque<>(List.of(args).subList(1, args.length));
    List<Path> apps = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    while (!words.isEmpty()) {
      String word = words.remove();
      if (isPlain(word)) {
        apps.add(Path.of(word));
        continue;
      }
      boolean known = TAKE_VALUES.contains(word) || word.equals(DEVELOPMENT);
      String value = word.equals(DEVELOPMENT) ? word : words.poll();
      if (!known || value == null || !fits(word, value) || options.put(word, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Start(
            apps,
            Optional.ofNullable(options.get(PORT)).map(Integer::valueOf),
            Optional.ofNullable(options.get(ADDRESS)),
            Optional.ofNullable(options.get(FUNCTIONS))
                .map(names -> List.of(names.split(",", -1)))
                .orElse(List.of()),
            options.containsKey(DEVELOPMENT),
            Optional.ofNullable(options.get(LOG))
                .map(form -> LogOutput.Form.valueOf(form.toUpperCase(Locale.ROOT)))));
  }

  private static boolean fits(String option, String value) {
    return switch (option) {
      case PORT -> value.matches("[0-9]{1,5}");
      case FUNCTIONS -> value.matches("[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*") && isPlain(value);
      case LOG -> value.equalsIgnoreCase("text") || value.equalsIgnoreCase("json");
      case ADDRESS -> isPlain(value);
      default -> true;
    };
  }

  /** Neither an option nor a file of arguments, and without quotes. */
  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '-'
        && word.charAt(0) != '@'
        && word.indexOf('"') < 0
        && word.indexOf('\'') < 0;
  }
}
