package dev.roost.host.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One case of {@code bad-inputs.table}, whose head explains the form.
 *
 * @param name what is wrong
 * @param files the app's files by path
 * @param environment the variables
 * @param neighbourRuns whether the function without a mistake must answer
 * @param lines what must be told
 */
record BadInput(
    String name,
    Map<String, String> files,
    Map<String, String> environment,
    boolean neighbourRuns,
    List<String> lines) {
  private static final Map<String, String> BINDINGS =
      Map.of(
          "http",
          "{\"type\": \"httpTrigger\", \"name\": \"request\", \"authLevel\": \"anonymous\"}",
          "reply",
          "{\"type\": \"http\", \"name\": \"$return\", \"direction\": \"out\"}",
          "queue",
          "{\"type\": \"queueTrigger\", \"name\": \"message\", \"queueName\": \"orders\"}");

  /** The cases of the table. */
  static List<BadInput> table() {
    try (InputStream in = BadInput.class.getResourceAsStream("bad-inputs.table")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^# ")).skip(1).map(BadInput::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BadInput read(String text) {
    List<String> rows = text.lines().filter(row -> !row.isBlank()).toList();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("Neighbour/function.json", functionJson("fine | http | reply"));
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    boolean runs = true;
    for (String row : rows.subList(1, rows.size())) {
      String[] sides = row.split(" =", 2);
      String value = sides.length == 2 ? sides[1].strip() : "";
      if (row.startsWith("! ")) {
        lines.add(row.substring(2));
      } else if (row.equals("neighbour stops")) {
        runs = false;
      } else if (row.startsWith("set ")) {
        environment.put(sides[0].substring(4), value);
      } else if (row.startsWith("file ")) {
        files.put(sides[0].substring(5), value);
      } else {
        files.put(sides[0] + "/function.json", functionJson(value));
      }
    }
    return new BadInput(rows.getFirst(), files, environment, runs, lines);
  }

  private static String functionJson(String row) {
    List<String> parts = Arrays.stream(row.split("\\|")).map(String::strip).toList();
    String entryPoint = parts.getFirst();
    return "{\"scriptFile\": \"../cases.jar\", \"entryPoint\": \"%s\", \"bindings\": [%s]}"
        .formatted(
            entryPoint.contains(".") ? entryPoint : "cases.Cases." + entryPoint,
            parts.stream()
                .skip(1)
                .map(binding -> BINDINGS.getOrDefault(binding, binding))
                .collect(Collectors.joining(", ")));
  }

  @Override
  public String toString() {
    return name;
  }
}
