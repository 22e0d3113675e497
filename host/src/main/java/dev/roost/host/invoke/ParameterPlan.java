package dev.roost.host.invoke;

import com.google.gson.reflect.TypeToken;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import dev.roost.annotations.SessionState;
import dev.roost.annotations.TimerInfo;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.Problem;
import dev.roost.spi.SessionDocument;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one parameter of a function is filled; made once.
 *
 * @param function the function's name, for messages
 * @param label names the parameter in messages
 * @param type its generic type
 * @param raw its class
 * @param argument where its value comes from
 * @param fromSender true when the value is of an HTTP request, whose sender is told what is wrong
 */
record ParameterPlan(
    String function, String label, Type type, Class<?> raw, Argument argument, boolean fromSender) {

  /**
   * Plans a parameter.
   *
   * @throws BindingException when nothing can fill it
   */
  static ParameterPlan of(
      Parameter parameter, int position, FunctionDefinition definition, OpenBindings open)
      throws BindingException {
    Marks marks = Marks.of(parameter);
    String label =
        "parameter "
            + marks.bindings().stream()
                .findFirst()
                .or(marks::metadata)
                .map(name -> "'" + name + "'")
                .orElse("" + (position + 1));
    Type type = parameter.getParameterizedType();
    Class<?> raw = TypeToken.get(type).getRawType();
    boolean http = open.replyType().isPresent();
    Optional<Argument> own = own(marks, label, raw, definition, open);
    Argument argument = own.isPresent() ? own.get() : argument(marks, label, type, raw, definition);
    if (raw == HttpRequestMessage.class && !http) {
      throw new BindingException(
          label, "its type is HttpRequestMessage, but the trigger is not HTTP", "Change the type.");
    }
    boolean fromSender =
        switch (argument) {
          case Argument.Input(String binding, _) ->
              http && binding.equals(definition.trigger().name());
          case Argument.Metadata _ -> http;
          case Argument.Context _, Argument.Output _, Argument.Own _ -> false;
        };
    return new ParameterPlan(definition.name(), label, type, raw, argument, fromSender);
  }

  /** A value that the binding makes itself, when the parameter's class asks for one. */
  private static Optional<Argument> own(
      Marks marks, String label, Class<?> raw, FunctionDefinition definition, OpenBindings open)
      throws BindingException {
    for (BindingDefinition binding : definition.bindings()) {
      if (marks.bindings().contains(binding.name()) && binding.direction() == Direction.IN) {
        try {
          return open.own()
              .parameter(binding.name(), raw)
              .map(parameter -> new Argument.Own(binding.name(), parameter));
        } catch (BindingException e) {
          Problem problem = e.problem(definition.name());
          throw new BindingException(
              label, "its type is " + raw.getName() + ", but " + problem.found(), problem.remedy());
        }
      }
    }
    return Optional.empty();
  }

  private static Argument argument(
      Marks marks, String label, Type type, Class<?> raw, FunctionDefinition definition)
      throws BindingException {
    Optional<BindingDefinition> binding =
        definition.bindings().stream()
            .filter(candidate -> marks.bindings().contains(candidate.name()))
            .findFirst();
    if (OutputBinding.class.isAssignableFrom(raw)) {
      return new Argument.Output(
          binding.orElseThrow(() -> unknown(marks, label, definition)).name());
    }
    if (raw == TimerInfo.class && binding.filter(BindingDefinition::isTrigger).isPresent()) {
      // The trigger's text is the official TimerInfo, which can't say all of ours.
      return new Argument.Metadata("TimerInfo", converter(label, type), false);
    }
    if (raw == SessionState.class) {
      return new Argument.Metadata(SessionDocument.NAME, Sessions::state, false);
    }
    if (binding.isPresent()) {
      if (binding.get().direction() == Direction.OUT) {
        throw new BindingException(
            label,
            "its type is " + type.getTypeName() + ", but its binding is an output",
            "Declare OutputBinding<" + type.getTypeName() + ">.");
      }
      return new Argument.Input(binding.get().name(), converter(label, type));
    }
    if (marks.metadata().isPresent()) {
      return new Argument.Metadata(
          marks.metadata().get(), converter(label, type), raw == Optional.class);
    }
    if (raw != Object.class
        && raw.isAssignableFrom(InvocationContext.class)
        && ExecutionContext.class.isAssignableFrom(raw)) {
      return new Argument.Context();
    }
    throw unknown(marks, label, definition);
  }

  private static Converter converter(String label, Type type) throws BindingException {
    try {
      return Converters.to(type);
    } catch (IllegalArgumentException e) {
      throw new BindingException(
          label,
          "no value can be made for it: " + e.getMessage(),
          "Use String, byte[], InputStream, a class with fields, a record, a List or an array.");
    }
  }

  private static BindingException unknown(
      Marks marks, String label, FunctionDefinition definition) {
    return marks.bindings().isEmpty()
        ? new BindingException(
            label,
            "it has no binding annotation and is no ExecutionContext",
            "Annotate it; if it is annotated, put azure-functions-java-library into the app's lib.")
        : new BindingException(
            label,
            "no binding of function '" + definition.name() + "' has this name",
            "Rebuild the app, or correct function.json.");
  }

  /** The binding whose data nobody reads, because it makes this parameter itself. */
  Optional<String> own() {
    return argument instanceof Argument.Own(String binding, _)
        ? Optional.of(binding)
        : Optional.empty();
  }

  /**
   * The value for one call.
   *
   * @throws ConversionException when the data does not fit the parameter
   * @throws IllegalArgumentException when a middleware put a value of another class here
   */
  @Nullable Object value(InvocationContext call) throws ConversionException {
    return switch (argument) {
      case Argument.Context _ -> call;
      case Argument.Output(String binding) -> call.slot(binding);
      case Argument.Own(String binding, ParameterProvider.Parameter parameter) ->
          call.isUpdated(binding) ? checked(call.updated(binding)) : made(parameter, call);
      case Argument.Metadata metadata -> converted(metadata.converter(), metadata(metadata, call));
      case Argument.Input(String binding, Converter converter) ->
          call.isUpdated(binding)
              ? checked(call.updated(binding))
              : lent(converted(converter, call.input(binding)), call);
    };
  }

  private Object made(ParameterProvider.Parameter parameter, InvocationContext call)
      throws ConversionException {
    try {
      return parameter.value(call.data());
    } catch (IOException e) {
      throw new ConversionException(String.valueOf(e.getMessage()), e).at(function, label, type);
    }
  }

  private static @Nullable Object lent(@Nullable Object value, InvocationContext call) {
    Object inside =
        switch (value) {
          case Optional<?> optional -> optional.orElse(null);
          case HttpRequestMessage<?> message when message.getBody() instanceof Forms.Form form ->
              form;
          case null, default -> value;
        };
    if (inside instanceof InputStream || inside instanceof Forms.Form) {
      call.lend((Closeable) inside);
    }
    return value;
  }

  private Payload metadata(Argument.Metadata metadata, InvocationContext call)
      throws ConversionException {
    Optional<Payload> value = call.data().exactly(metadata.name());
    if (value.isEmpty() && !metadata.optional()) {
      Set<String> names = call.data().values().keySet();
      throw new ConversionException(
              "the trigger has no metadata of this name; it has "
                  + (names.isEmpty() ? "none" : String.join(", ", names)))
          .at(function, label, type);
    }
    return value.orElse(Payload.EMPTY);
  }

  private @Nullable Object converted(Converter converter, Payload source)
      throws ConversionException {
    Object value;
    try {
      value = converter.convert(source);
      if (value == null && raw.isPrimitive()) {
        throw new ConversionException("there is no value; declare the box type or an Optional");
      }
    } catch (ConversionException e) {
      ConversionException told = e.at(function, label, type);
      // A cause is the user's own class that refused the value, or the connection that broke.
      throw fromSender && e.getCause() == null ? new RefusedRequest(told, e, label) : told;
    }
    return value;
  }

  private @Nullable Object checked(@Nullable Object value) {
    Class<?> box = MethodType.methodType(raw).wrap().returnType();
    if (value == null ? raw.isPrimitive() : !box.isInstance(value)) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "', "
              + label
              + " ("
              + type.getTypeName()
              + "): a middleware put "
              + (value == null ? "null" : "a " + value.getClass().getName())
              + " here");
    }
    return value;
  }
}
