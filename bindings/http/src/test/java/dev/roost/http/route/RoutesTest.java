package dev.roost.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RoutesTest {

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("cases")
  void leadsARequestToTheFirstFunctionThatFits(
      String set, Routes<String> routes, String request, String expected) {
    String[] words = request.split(" ");
    Optional<RequestPath> path = RequestPath.parse(words[1]);
    String found =
        path.map(good -> routes.find(words[0], good).map(RoutesTest::show).orElse("404"))
            .orElse("400");
    assertThat(found).isEqualTo(expected);
  }

  private static String show(Routes.Match<String> match) {
    return match.target() + show(match.values());
  }

  private static String show(Map<String, String> values) {
    StringBuilder shown = new StringBuilder();
    new TreeMap<>(values)
        .forEach((name, value) ->
            shown
                .append(' ')
                .append(name)
                .append('=')
                .append(value.isEmpty() ? "~" : value.replace(' ', '_')));
    return shown.toString();
  }

  static Stream<Arguments> cases() throws Exception {
    List<Arguments> cases = new ArrayList<>();
    String set = "";
    Routes<String> routes = Routes.empty();
    for (String line : lines("routes.txt")) {
      if (line.startsWith("set ")) {
        set = line.substring(4);
        routes = Routes.empty();
      } else if (line.startsWith("  ")) {
        routes = routes.with(entry(line.strip()));
      } else {
        String[] sides = line.split(" -> ");
        String[] words = sides[1].split(" ");
        String sorted =
            words[0] + Stream.of(words).skip(1).sorted().reduce("", (all, one) -> all + " " + one);
        cases.add(Arguments.of(set, routes, sides[0], sorted));
      }
    }
    return cases.stream();
  }

  private static Routes.Entry<String> entry(String line) throws RouteSyntaxException {
    String[] words = line.split(" ");
    Set<String> methods = words[1].equals("*") ? Set.of() : Set.of(words[1].split(","));
    String template = words[2].equals("-") ? "" : words[2];
    return new Routes.Entry<>(words[0], RouteTemplate.parse(template), methods, words[0]);
  }

  @Test
  void isHeldToAtLeastAHundredAndFiftyCases() throws Exception {
    assertThat(cases().count()).isGreaterThanOrEqualTo(150);
  }

  @ParameterizedTest
  @MethodSource("badTemplates")
  void saysWhatIsWrongWithATemplate(String template, String message) {
    assertThatThrownBy(() -> RouteTemplate.parse(template))
        .isInstanceOf(RouteSyntaxException.class)
        .hasMessage(message);
  }

  static Stream<Arguments> badTemplates() throws Exception {
    return lines("bad-templates.txt").stream()
        .map(line -> Arguments.of((Object[]) line.split(" -> ")));
  }

  @ParameterizedTest
  @MethodSource("clashes")
  void findsTheFunctionThatHasTheRouteAlready(String first, String second, boolean clash)
      throws Exception {
    Routes<String> routes = Routes.<String>empty().with(entry("first " + first));
    assertThat(routes.clash(entry("second " + second)).isPresent()).isEqualTo(clash);
    assertThat(routes.clash(entry("FIRST " + second))).isEmpty();
  }

  static Stream<Arguments> clashes() {
    return Stream.of(
        Arguments.of("GET a/b", "GET a/b", true),
        Arguments.of("GET a/b", "GET /A/B/", true),
        Arguments.of("GET a/b", "POST a/b", false),
        Arguments.of("GET,POST a/b", "POST,PUT a/b", true),
        Arguments.of("* a/b", "GET a/b", true),
        Arguments.of("GET a/b", "* a/b", true),
        Arguments.of("* a/b", "* a/b", true),
        Arguments.of("GET a/{x}", "GET a/{x}", true),
        Arguments.of("GET a/{x}", "GET a/{y}", false),
        Arguments.of("GET a/{x}", "GET a/{x:int}", false));
  }

  @Test
  void tellsAPathThatHidesItsFirstSegment() {
    assertThat(RequestPath.parse("/%61dmin/x").orElseThrow().isDisguised()).isTrue();
    assertThat(RequestPath.parse("/admin%2Fx").orElseThrow().isDisguised()).isTrue();
    assertThat(RequestPath.parse("/admin/%78").orElseThrow().isDisguised()).isFalse();
    assertThat(RequestPath.parse("/%61dmin").orElseThrow().startsWith("Admin")).isTrue();
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RoutesTest.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }
}
