package dev.roost.host;

import dev.roost.host.app.FunctionApp;
import dev.roost.host.invoke.AppServices;
import dev.roost.host.invoke.Function;
import dev.roost.host.invoke.OpenBindings;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.InputProvider;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the bindings of one app's functions and binds each to its method. */
final class FunctionOpener {
  private final Bindings bindings;
  private final HostServices host;
  private final FunctionApp app;
  private final @Nullable AppServices services;

  private FunctionOpener(
      Bindings bindings, HostServices host, FunctionApp app, @Nullable AppServices services) {
    this.bindings = bindings;
    this.host = host;
    this.app = app;
    this.services = services;
  }

  /**
   * An opener for this app.
   *
   * @param onlyWatching true to load none of the app's code: {@link #watch} alone may be called
   * @throws BindingException when the app's own services can't be made: none of its functions runs
   */
  static FunctionOpener of(
      Bindings bindings, HostServices host, FunctionApp app, boolean onlyWatching)
      throws BindingException {
    return new FunctionOpener(
        bindings, host, app, onlyWatching ? null : AppServices.load(app.loader()));
  }

  /**
   * A source without its function.
   *
   * @param source what waits there can be asked
   * @param trigger its queue, path or schedule, for people
   */
  record Watched(Source source, String trigger) {}

  /** Opens the trigger alone; empty for one that answers somebody and so has nothing waiting. */
  Optional<Watched> watch(FunctionDefinition definition) throws BindingException {
    BindingDefinition trigger = definition.trigger();
    TriggerProvider provider =
        bindings.trigger(trigger.type()).orElseThrow(() -> unknown(trigger, "trigger"));
    if (provider.replyType().isPresent()) {
      return Optional.empty();
    }
    BindingContext context = new BindingContext(definition, trigger, host);
    return Optional.of(new Watched(provider.open(context), provider.describe(context)));
  }

  /**
   * A function that can run.
   *
   * @param function bound to its method
   * @param source where its events come from
   * @param trigger its URL, queue, path or schedule, for people
   */
  record Opened(Function function, Source source, String trigger) {}

  /** Opens and binds; throws when anything of the function can't work as it is written. */
  Opened open(FunctionDefinition definition) throws BindingException {
    BindingDefinition trigger = definition.trigger();
    TriggerProvider provider =
        bindings.trigger(trigger.type()).orElseThrow(() -> unknown(trigger, "trigger"));
    Map<String, InputProvider.Input> inputs = new LinkedHashMap<>();
    Map<String, OutputProvider.Output> outputs = new LinkedHashMap<>();
    Map<String, BindingException> unopened = new LinkedHashMap<>();
    for (BindingDefinition binding : definition.bindings()) {
      BindingContext context = new BindingContext(definition, binding, host);
      if (binding.isTrigger() || isReply(binding, provider.replyType())) {
        continue;
      }
      if (binding.direction() == Direction.IN) {
        InputProvider input =
            bindings.input(binding.type()).orElseThrow(() -> unknown(binding, "input"));
        try {
          inputs.put(binding.name(), input.open(context));
        } catch (BindingException e) {
          unopened.put(binding.name(), e); // perhaps nobody reads it
        }
      } else {
        OutputProvider output =
            bindings.output(binding.type()).orElseThrow(() -> unknown(binding, "output"));
        outputs.put(binding.name(), output.open(context));
      }
    }
    BindingContext context = new BindingContext(definition, trigger, host);
    // The method first: a function that can't be called must not leave a route or a listener
    // behind.
    Function function =
        Function.bind(
            definition,
            Objects.requireNonNull(services),
            new OpenBindings(
                inputs,
                outputs,
                provider.replyType(),
                provider.answers(context),
                (name, type) -> own(definition, name, type)));
    for (Map.Entry<String, BindingException> each : unopened.entrySet()) {
      if (!function.makes(each.getKey())) {
        throw each.getValue();
      }
    }
    Source source = provider.open(context);
    return new Opened(function, source, provider.describe(context));
  }

  private Optional<ParameterProvider.Parameter> own(
      FunctionDefinition definition, String name, Class<?> type) throws BindingException {
    for (BindingDefinition binding : definition.bindings()) {
      Optional<?> provider =
          binding.isTrigger() ? bindings.trigger(binding.type()) : bindings.input(binding.type());
      if (binding.name().equals(name)
          && provider.orElse(null) instanceof ParameterProvider parameters) {
        return parameters.parameter(new BindingContext(definition, binding, host), type);
      }
    }
    return Optional.empty();
  }

  FunctionApp app() {
    return app;
  }

  private static boolean isReply(BindingDefinition binding, Optional<String> replyType) {
    return binding.direction() == Direction.OUT
        && replyType.filter(binding.type()::equalsIgnoreCase).isPresent();
  }

  private BindingException unknown(BindingDefinition binding, String role) {
    return new BindingException(
        "type",
        "this host has no " + role + " binding of type '" + binding.type() + "'",
        "It runs the triggers "
            + bindings.knownTriggers()
            + "; remove the "
            + role.toLowerCase(Locale.ROOT)
            + " or run this function on a host that has it.");
  }
}
