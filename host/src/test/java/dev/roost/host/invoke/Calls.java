package dev.roost.host.invoke;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.azure.functions.annotation.BlobInput;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.roost.host.trace.Tracing;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.InputProvider;
import dev.roost.spi.Outcome;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.RetryPolicy;
import dev.roost.testkit.TestHost;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls functions of the package {@code probe} without a host: definitions are made from their
 * annotations, inputs come from a map and outputs go to one.
 */
final class Calls {
  /** A call that nobody interrupts. */
  static final dev.roost.spi.Running UNDISTURBED =
      new dev.roost.spi.Running() {
        @Override
        public void interrupt(String reason) {}

        @Override
        public boolean interrupted() {
          return false;
        }
      };

  final TestHost host = new TestHost();
  final Map<String, Payload> inputs = new HashMap<>();
  final Map<String, Payload> written = new LinkedHashMap<>();
  AppServices app = new AppServices(Calls.class.getClassLoader(), Optional.empty(), List.of());
  Optional<RetryPolicy> retry = Optional.empty();
  Optional<Duration> timeout = Optional.empty();
  Tracing tracing = new Tracing();
  Runnable onWrite = () -> {};
  boolean returnBound = true;

  /** Binds {@code package.Class.method}; the function is named {@code name}. */
  Function bind(String name, String entryPoint) throws BindingException {
    FunctionDefinition definition = definition(name, entryPoint);
    Map<String, InputProvider.Input> opened = new HashMap<>();
    inputs.forEach((binding, value) -> opened.put(binding, _ -> value));
    Map<String, OutputProvider.Output> outputs = new HashMap<>();
    for (BindingDefinition binding : definition.bindings()) {
      if (binding.direction() == Direction.OUT && !binding.type().equals("http")) {
        outputs.put(
            binding.name(),
            (value, _) -> {
              written.put(binding.name(), value);
              onWrite.run();
            });
      }
    }
    boolean http = definition.trigger().type().equals("httpTrigger");
    return Function.bind(
        definition,
        app,
        new OpenBindings(opened, outputs, http ? Optional.of("http") : Optional.empty()));
  }

  Invoker invoker() {
    return new Invoker(host, retry, timeout, tracing);
  }

  /** Binds a function named F, and runs it once. */
  Outcome call(String entryPoint, Delivery event) throws BindingException {
    return invoker().invoke(bind("F", entryPoint), event, Calls.UNDISTURBED);
  }

  FunctionDefinition definition(String name, String entryPoint) {
    List<BindingDefinition> bindings = new ArrayList<>();
    Optional<Method> method = method(entryPoint);
    method.ifPresent(found -> {
      for (Parameter parameter : found.getParameters()) {
        binding(parameter).ifPresent(bindings::add);
      }
    });
    if (bindings.stream().noneMatch(BindingDefinition::isTrigger)) {
      bindings.add(binding("in", "queueTrigger", Direction.IN));
    }
    boolean returns = method.isPresent() && method.get().getReturnType() != void.class;
    if (returns && returnBound) {
      boolean http = bindings.getFirst().type().equals("httpTrigger");
      bindings.add(binding("$return", http ? "http" : "queue", Direction.OUT));
    }
    return new FunctionDefinition(name, "../app.jar", entryPoint, bindings, Optional.empty());
  }

  private static Optional<BindingDefinition> binding(Parameter parameter) {
    if (parameter.isAnnotationPresent(HttpTrigger.class)) {
      String name = parameter.getAnnotation(HttpTrigger.class).name();
      return Optional.of(binding(name, "httpTrigger", Direction.IN));
    }
    if (parameter.isAnnotationPresent(QueueTrigger.class)) {
      return Optional.of(binding("in", "queueTrigger", Direction.IN));
    }
    if (parameter.isAnnotationPresent(BlobInput.class)) {
      String name = parameter.getAnnotation(BlobInput.class).name();
      return Optional.of(binding(name, "blob", Direction.IN));
    }
    if (parameter.isAnnotationPresent(HttpOutput.class)) {
      String name = parameter.getAnnotation(HttpOutput.class).name();
      return Optional.of(binding(name, "http", Direction.OUT));
    }
    return parameter.isAnnotationPresent(QueueOutput.class)
        ? Optional.of(binding("out", "queue", Direction.OUT))
        : Optional.empty();
  }

  private static BindingDefinition binding(String name, String type, Direction direction) {
    return new BindingDefinition(name, type, direction, JsonNodeFactory.instance.objectNode());
  }

  /** The annotated method that the entry point names, if the class can be found at all. */
  private static Optional<Method> method(String entryPoint) {
    int dot = entryPoint.lastIndexOf('.');
    String type = entryPoint.substring(0, dot);
    for (String candidate : List.of(type, type.replaceFirst("\\.(\\w+)$", "\\$$1"))) {
      try {
        return Arrays.stream(
                Class.forName(candidate, false, Calls.class.getClassLoader()).getMethods())
            .filter(method -> method.getName().equals(entryPoint.substring(dot + 1)))
            .filter(method -> !method.isBridge() && annotated(method))
            .findFirst();
      } catch (ClassNotFoundException | LinkageError _) {
        // The next candidate, or none: Function.bind then says what is wrong.
      }
    }
    return Optional.empty();
  }

  private static boolean annotated(Method method) {
    return Arrays.stream(method.getParameters()).anyMatch(p -> binding(p).isPresent());
  }
}
