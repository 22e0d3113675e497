package dev.roost.host.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.config.Json;
import dev.roost.host.config.Retries;
import dev.roost.host.schema.FileSchema;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import io.github.classgraph.MethodInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads each {@code <Function>/function.json} of an app. Beside what the file says, annotations of
 * {@code dev.roost.annotations} on the entry point are read from bytecode and fill in properties of
 * the trigger that the file leaves open. No class of the app is loaded.
 */
public final class FunctionJsonReader {
  private final List<Path> files;
  private final List<Path> classPath;

  /**
   * @param files the function.json files; the name of the folder is that of the function
   * @param classPath the app's jars, its own before its libraries
   */
  public FunctionJsonReader(List<Path> files, List<Path> classPath) {
    this.files = List.copyOf(files);
    this.classPath = List.copyOf(classPath);
  }

  /** Reads the files and returns what they say. */
  public Discovery read() {
    Map<FunctionDefinition, FunctionProblems> read = new LinkedHashMap<>();
    DiscoveryCollector collector = new DiscoveryCollector();
    for (Path file : files) {
      FunctionProblems problems = new FunctionProblems(file.toString());
      Optional<FunctionDefinition> definition = definition(file, problems);
      if (definition.isPresent()) {
        read.put(definition.get(), problems);
      } else {
        collector.reject(functionName(file), problems);
      }
    }
    if (!read.isEmpty()) {
      addAnnotations(read, collector);
    }
    return collector.result();
  }

  private void addAnnotations(
      Map<FunctionDefinition, FunctionProblems> read, DiscoveryCollector collector) {
    Set<String> classNames = new HashSet<>();
    read.keySet()
        .forEach(
            function -> classNames.addAll(EntryPointName.of(function.entryPoint()).classNames()));
    try (Bytecode bytecode = Bytecode.of(classPath, classNames)) {
      read.forEach((function, problems) ->
          collector.add(function.entryPoint(), withAnnotations(function, bytecode), problems));
    }
  }

  private static FunctionDefinition withAnnotations(
      FunctionDefinition function, Bytecode bytecode) {
    List<MethodInfo> methods = bytecode.methods(EntryPointName.of(function.entryPoint()));
    return methods.stream()
        .filter(method -> method.hasAnnotation(AnnotationNames.FUNCTION_NAME))
        .findFirst()
        .or(() -> methods.stream().findFirst())
        .map(method ->
            new FunctionDefinition(
                function.name(),
                function.scriptFile(),
                function.entryPoint(),
                RoostAnnotations.addTo(function.bindings(), method),
                function.retry()))
        .orElse(function);
  }

  private Optional<FunctionDefinition> definition(Path file, FunctionProblems problems) {
    JsonNode tree;
    try {
      tree = Json.read(Files.readString(file));
    } catch (JsonProcessingException e) {
      problems.add("", "is not valid JSON (" + Json.where(e) + ")", "Correct it there.");
      return Optional.empty();
    } catch (IOException e) {
      problems.add("", "can't be read (" + e + ")", "Make it readable.");
      return Optional.empty();
    }
    List<Problem> misshapen = FileSchema.functionJson().check(file.toString(), tree);
    if (!misshapen.isEmpty() || !(tree instanceof ObjectNode root)) {
      problems.addAll(misshapen);
      return Optional.empty();
    }
    return Optional.of(
        new FunctionDefinition(
            functionName(file),
            root.path("scriptFile").asText(),
            root.path("entryPoint").asText(),
            bindings(root),
            retry(root, problems)));
  }

  private static List<BindingDefinition> bindings(ObjectNode root) {
    List<BindingDefinition> bindings = new ArrayList<>();
    for (JsonNode node : root.path("bindings")) {
      ObjectNode properties = node.deepCopy();
      String name = take(properties, "name");
      String type = take(properties, "type");
      Direction direction = Directions.parse(take(properties, "direction")).orElse(Direction.IN);
      bindings.add(new BindingDefinition(name, type, direction, properties));
    }
    return bindings;
  }

  private static String take(ObjectNode properties, String key) {
    JsonNode value = properties.remove(key);
    return value == null ? "" : value.asText();
  }

  private static Optional<RetryPolicy> retry(ObjectNode root, FunctionProblems problems) {
    if (!(root.path("retry") instanceof ObjectNode retry)) {
      return Optional.empty();
    }
    List<Problem> mistakes = new ArrayList<>();
    Optional<RetryPolicy> policy = Retries.read(retry, "", mistakes);
    mistakes.forEach(
        mistake -> problems.add("$." + mistake.key(), mistake.found(), mistake.remedy()));
    return policy;
  }

  private static String functionName(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
  }
}
