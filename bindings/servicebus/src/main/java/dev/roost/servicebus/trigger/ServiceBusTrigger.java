package dev.roost.servicebus.trigger;

import dev.roost.servicebus.namespace.EntityPath;
import dev.roost.servicebus.namespace.Namespace;
import dev.roost.servicebus.namespace.Namespaces;
import dev.roost.servicebus.namespace.OptionReader;
import dev.roost.servicebus.output.BusSender;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens {@code serviceBusTrigger}: messages of a queue or a subscription, with or without sessions.
 */
public final class ServiceBusTrigger implements TriggerProvider, ParameterProvider {
  /** For ServiceLoader. */
  public ServiceBusTrigger() {}

  @Override
  public Set<String> types() {
    return Set.of("serviceBusTrigger");
  }

  /** {@code answerReplyTo} of the function's settings, or of host.json. */
  @Override
  public boolean answers(BindingContext context) throws BindingException {
    return OptionReader.of(context).flag(false, "answerReplyTo");
  }

  @Override
  public Source open(BindingContext context) throws BindingException {
    EntityPath path = path(context);
    Namespace namespace = Namespaces.of(context);
    ServiceBusOptions options =
        ServiceBusOptions.of(OptionReader.of(context), namespace.tryTimeout());
    Listening listening =
        new Listening(
            context.function().name(),
            path,
            namespace,
            options,
            context.binding().text("dataType").filter("binary"::equalsIgnoreCase).isPresent(),
            new Settlement(path, options, new BusSender(namespace), context.host().clock()),
            context.host());
    OptionReader reader = OptionReader.of(context);
    boolean batches = isBatch(context.binding());
    return hasSessions(context.binding())
        ? new SessionSource(listening, batches, bounded(context, options.sessionsFrom(reader)))
        : new MessageSource(listening, batches, bounded(context, options.callsFrom(reader)));
  }

  /** True when the setting that comes from there bounds what runs at once. */
  private static boolean bounded(BindingContext context, String origin) {
    return context.host().concurrency().obeys(!origin.equals(EffectiveSetting.DEFAULT));
  }

  @Override
  public String describe(BindingContext context) throws BindingException {
    return (context.binding().text("queueName").isPresent() ? "queue " : "topic ") + path(context);
  }

  @Override
  public List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    List<EffectiveSetting> settings = new ArrayList<>();
    settings.add(
        new EffectiveSetting("entity", path(context).toString(), EffectiveSetting.BINDING));
    settings.add(context.effective("connection", Namespaces.DEFAULT));
    settings.add(context.effective("isSessionsEnabled", "false"));
    settings.add(context.effective("cardinality", "ONE"));
    settings.addAll(
        ServiceBusOptions.effective(OptionReader.of(context), Namespaces.of(context).tryTimeout()));
    return settings;
  }

  @Override
  public Optional<Parameter> parameter(BindingContext context, Class<?> type)
      throws BindingException {
    return AppMessages.parameter(type);
  }

  private static boolean isBatch(BindingDefinition binding) {
    return binding.text("cardinality").filter("many"::equalsIgnoreCase).isPresent();
  }

  private static boolean hasSessions(BindingDefinition binding) {
    return binding.flag("isSessionsEnabled", false);
  }

  private static EntityPath path(BindingContext context) throws BindingException {
    boolean topic =
        context.binding().text("queueName").isEmpty()
            && context.binding().text("topicName").isPresent();
    return topic
        ? EntityPath.subscription(
            context.required("topicName"), context.required("subscriptionName"))
        : EntityPath.queue(context.required("queueName"));
  }
}
