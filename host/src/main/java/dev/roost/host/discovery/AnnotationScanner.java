package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.config.Retries;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import dev.roost.spi.RetryPolicy;
import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.MethodInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the methods with {@code @FunctionName} in an app's jars, libraries included, and makes of
 * their annotations what azure-functions-maven-plugin would write into function.json. Annotations
 * are read from bytecode by name: no class of the app is loaded, and an attribute that the host's
 * copy of Microsoft's library does not know is kept.
 */
public final class AnnotationScanner {
  private final Path root;
  private final List<Path> appJars;
  private final List<Path> libJars;
  private final MethodReader reader = new MethodReader(new AnnotationShapes());

  /**
   * @param root the app's folder, to which {@code scriptFile} is relative
   * @param appJars the app's own jars or folder of classes, at least one
   * @param libJars its libraries
   */
  public AnnotationScanner(Path root, List<Path> appJars, List<Path> libJars) {
    this.root = root;
    this.appJars = List.copyOf(appJars);
    this.libJars = List.copyOf(libJars);
  }

  /** Reads the jars and returns what they hold. */
  public Discovery scan() {
    List<Path> classPath = new ArrayList<>(appJars);
    classPath.addAll(libJars);
    DiscoveryCollector collector = new DiscoveryCollector();
    try (Bytecode bytecode = Bytecode.of(classPath)) {
      bytecode
          .methodsWith(AnnotationNames.FUNCTION_NAME)
          .forEach(method -> read(method, collector));
    }
    return collector.result();
  }

  private void read(MethodInfo method, DiscoveryCollector collector) {
    AnnotationInfo mark = method.getAnnotationInfo(AnnotationNames.FUNCTION_NAME);
    String name = AnnotationValues.written(mark).path("value").asText();
    String entryPoint = Bytecode.canonicalName(method.getClassInfo()) + "." + method.getName();
    FunctionProblems problems =
        new FunctionProblems(name.isBlank() ? entryPoint : "function '" + name + "'");
    if (!method.isPublic()) {
      problems.add(
          entryPoint, "the method is not public", "Make it public: only those can be called.");
    }
    List<BindingDefinition> bindings =
        RoostAnnotations.addTo(reader.bindings(method, problems), method);
    FunctionDefinition definition =
        new FunctionDefinition(
            name, scriptFile(name, method), entryPoint, bindings, retry(method, problems));
    collector.add(entryPoint, definition, problems);
  }

  /** The plugin names the app's own jar, also for a function that lies in a library. */
  private String scriptFile(String function, MethodInfo method) {
    Path holder = method.getClassInfo().getClasspathElementFile().toPath();
    Path jar = appJars.contains(holder) ? holder : appJars.getFirst();
    Path folder = root.resolve(function.isEmpty() ? "function" : function);
    return folder.relativize(jar).toString().replace('\\', '/');
  }

  private static Optional<RetryPolicy> retry(MethodInfo method, FunctionProblems problems) {
    List<AnnotationInfo> retries =
        AnnotationNames.on(method).stream()
            .filter(annotation ->
                AnnotationNames.isLibrary(annotation, "FixedDelayRetry")
                    || AnnotationNames.isLibrary(annotation, "ExponentialBackoffRetry"))
            .toList();
    if (retries.size() > 1) {
      problems.add(
          "retry", "has both @FixedDelayRetry and @ExponentialBackoffRetry", "Keep one of them.");
      return Optional.empty();
    }
    return retries.isEmpty() ? Optional.empty() : policy(retries.getFirst(), problems);
  }

  private static Optional<RetryPolicy> policy(
      AnnotationInfo annotation, FunctionProblems problems) {
    ObjectNode retry = AnnotationValues.written(annotation);
    boolean fixed = AnnotationNames.isLibrary(annotation, "FixedDelayRetry");
    retry.putIfAbsent("strategy", retry.textNode(fixed ? "fixedDelay" : "exponentialBackoff"));
    List<Problem> mistakes = new ArrayList<>();
    Optional<RetryPolicy> policy = Retries.read(retry, "", mistakes);
    mistakes.forEach(mistake -> problems.add(mistake.key(), mistake.found(), mistake.remedy()));
    return policy;
  }
}
