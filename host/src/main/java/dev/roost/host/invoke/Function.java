package dev.roost.host.invoke;

import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Delivery;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.InputProvider;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A definition bound to the user's method, with a plan for every parameter and output. Made once
 * per function; immutable and safe for use by many threads.
 */
public final class Function {
  private final FunctionDefinition definition;
  private final String trigger;
  private final AppServices app;
  private final UserMethod method;
  private final List<ParameterPlan> parameters;
  private final Map<String, InputProvider.Input> inputs;
  private final Map<String, String> annotations;
  private final OutputPlan outputs;
  private final boolean replies;
  private final System.Logger log;

  private Function(
      FunctionDefinition definition,
      AppServices app,
      OpenBindings open,
      EntryPoint entry,
      Marked marked)
      throws BindingException {
    this.definition = definition;
    this.trigger = definition.trigger().name();
    this.log = System.getLogger("Function." + definition.name());
    this.app = app;
    this.replies = open.replyType().isPresent();
    this.annotations = marked.annotations();
    this.parameters = plans(entry, definition, open);
    // What the app's own client reads is not read for it.
    this.inputs = new HashMap<>(open.inputs());
    parameters.stream().flatMap(plan -> plan.own().stream()).forEach(inputs::remove);
    this.outputs = OutputPlan.of(definition, open, marked.implicitReply() || open.answers());
    this.method = UserMethod.of(entry, app);
  }

  /**
   * Finds the method of a definition in the app and plans its calls. Loads the class but does not
   * initialise it.
   *
   * @param definition what function.json says
   * @param app the services and the class loader of the app
   * @param open the bindings of the function
   * @throws BindingException when the function can't run; its neighbours can
   */
  public static Function bind(FunctionDefinition definition, AppServices app, OpenBindings open)
      throws BindingException {
    try {
      EntryPoint entry = EntryPoint.find(definition, app.loader());
      return new Function(definition, app, open, entry, Marked.of(entry, definition));
    } catch (LinkageError | TypeNotPresentException e) {
      Optional<BindingException> missing = MissingType.of(definition, app.loader());
      if (missing.isPresent()) {
        throw missing.get();
      }
      throw new BindingException(
          "entryPoint",
          definition.entryPoint() + " can't be linked: " + Failures.inWords(e),
          "Add the missing or matching version of that class to the app's lib.");
    }
  }

  /** What function.json says of it. */
  public FunctionDefinition definition() {
    return definition;
  }

  /** Its category, found once: to look a logger up costs as much as a line. */
  System.Logger log() {
    return log;
  }

  AppServices app() {
    return app;
  }

  /** True when this input is not read, because its parameter is made of the app's own classes. */
  public boolean makes(String binding) {
    return parameters.stream().anyMatch(plan -> plan.own().filter(binding::equals).isPresent());
  }

  /** True when the event's sender waits for an answer, as over HTTP. */
  public boolean replies() {
    return replies;
  }

  /** The binding name that an annotation of this simple name gives, for middlewares. */
  @Nullable String bindingOf(String annotation) {
    return annotations.get(annotation);
  }

  /**
   * Reads the inputs, then runs the middlewares and the method: the context has what it returns.
   */
  void run(InvocationContext context, Delivery delivery) throws Exception {
    context.provide(read(delivery));
    new Chain(app.middlewares(), () -> context.updateReturnValue(method.call(arguments(context))))
        .doNext(context);
  }

  private Map<String, Payload> read(Delivery delivery) throws IOException {
    Map<String, Payload> data = HashMap.newHashMap(inputs.size() + 1);
    data.put(trigger, delivery.payload());
    for (Map.Entry<String, InputProvider.Input> input : inputs.entrySet()) {
      try {
        data.put(input.getKey(), input.getValue().read(delivery.data()));
      } catch (IOException e) {
        throw new IOException(
            "The input '" + input.getKey() + "' was not read: " + e.getMessage(), e);
      }
    }
    return data;
  }

  /** Writes the outputs that a call set; gives what the sender is told. */
  Payload write(InvocationContext context) throws IOException {
    return outputs.write(context);
  }

  private @Nullable Object[] arguments(InvocationContext context) throws ConversionException {
    @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = parameters.get(i).value(context);
    }
    return arguments;
  }

  private static List<ParameterPlan> plans(
      EntryPoint entry, FunctionDefinition definition, OpenBindings open) throws BindingException {
    List<ParameterPlan> plans = new ArrayList<>();
    for (Parameter parameter : entry.method().getParameters()) {
      plans.add(ParameterPlan.of(parameter, plans.size(), definition, open));
    }
    return List.copyOf(plans);
  }

  /** What the annotations of all parameters say together. */
  private record Marked(Map<String, String> annotations, boolean implicitReply) {
    static Marked of(EntryPoint entry, FunctionDefinition definition) {
      BindingDefinition trigger = definition.trigger();
      Map<String, String> annotations = new LinkedHashMap<>();
      boolean implicit = false;
      for (Parameter parameter : entry.method().getParameters()) {
        Marks marks = Marks.of(parameter);
        marks.names().forEach(annotations::putIfAbsent);
        implicit |= marks.implicitOutput() && marks.bindings().contains(trigger.name());
      }
      return new Marked(annotations, implicit);
    }
  }
}
