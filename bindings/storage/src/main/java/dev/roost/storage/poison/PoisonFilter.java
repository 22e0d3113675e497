package dev.roost.storage.poison;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which messages of a poison queue a command is about; a message must pass every part.
 *
 * @param ids of messages; empty for all
 * @param function in any case
 * @param exception asked of the exceptions of all attempts and of the reason
 * @param since poisoned at this instant or later
 * @param until poisoned before this instant
 */
record PoisonFilter(
    Set<String> ids,
    Optional<String> function,
    Optional<Predicate<String>> exception,
    Optional<Instant> since,
    Optional<Instant> until) {

  /** True when every message passes. */
  boolean isOpen() {
    return ids.isEmpty()
        && function.isEmpty()
        && exception.isEmpty()
        && since.isEmpty()
        && until.isEmpty();
  }

  /** A message without a record never passes a filter on its exception. */
  boolean passes(PoisonMessage message) {
    return (ids.isEmpty() || ids.contains(message.id()))
        && since.stream().noneMatch(message.poisonedOn()::isBefore)
        && until.stream().allMatch(message.poisonedOn()::isBefore)
        && function.stream()
            .allMatch(name -> message.function().filter(name::equalsIgnoreCase).isPresent())
        && exception.stream().allMatch(wanted -> texts(message).anyMatch(wanted));
  }

  private static Stream<String> texts(PoisonMessage message) {
    return message.record().stream()
        .flatMap(record ->
            Stream.concat(
                Stream.of(record.reason()),
                record.attempts().stream()
                    .map((JsonNode attempt) -> attempt.path("exception").asText())));
  }

  /**
   * Reads {@code part of the text} in any case, or {@code /regular expression/}.
   *
   * @throws PatternSyntaxException when the expression is malformed
   */
  static Predicate<String> exception(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      return Pattern.compile(text.substring(1, text.length() - 1), Pattern.DOTALL).asPredicate();
    }
    String part = text.toLowerCase(Locale.ROOT);
    return exception -> exception.toLowerCase(Locale.ROOT).contains(part);
  }

  /** The ids of several arguments, each of which may hold some, separated by commas. */
  static Set<String> ids(List<String> arguments) {
    return Set.copyOf(
        arguments.stream()
            .flatMap(argument -> Stream.of(argument.split(",")))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList());
  }
}
