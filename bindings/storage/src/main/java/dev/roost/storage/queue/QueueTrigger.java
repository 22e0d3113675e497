package dev.roost.storage.queue;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens {@code queueTrigger}: one event per message of a storage queue. */
public final class QueueTrigger implements TriggerProvider {
  /** For ServiceLoader. */
  public QueueTrigger() {}

  @Override
  public Set<String> types() {
    return Set.of("queueTrigger");
  }

  @Override
  public Source open(BindingContext context) throws BindingException {
    StorageAccount account = StorageAccounts.of(context.host()).of(context);
    QueueOptions options = QueueOptions.of(context.host(), context.function());
    Doorbell doorbell = Doorbell.of(context.host());
    String name = queueName(context);
    Settlement settlement =
        new Settlement(
            new Settlement.Limit(options.maxDequeueCount(), "maxDequeueCount"),
            options.redelivery(),
            QueueNames.poisonOf(name),
            new QueueWriter(account, doorbell),
            Optional.of(new PoisonRecords(context.host(), context.function().name())));
    var listening =
        new QueueListening(
            context.function().name(),
            new LeasedQueue(account, name, options.receiveLease()),
            options,
            context.binding().text("dataType").filter("binary"::equalsIgnoreCase).isPresent(),
            settlement);
    QueueVolume volume =
        new QueueVolume(account, name, QueueNames.poisonOf(name), context.host().clock());
    return isBatch(context.binding())
        ? new QueueBatchSource(context.host(), listening, doorbell, volume, bounded(context))
        : new QueueSource(listening, doorbell, volume, bounded(context));
  }

  /** True when the sizes of host.json hold, so that the limit does not move beyond them. */
  private static boolean bounded(BindingContext context) {
    OptionReader options = OptionReader.queues(context.host(), context.function().name());
    boolean written = options.has("batchSize") || options.has("newBatchThreshold");
    return context.host().concurrency().obeys(written);
  }

  @Override
  public String describe(BindingContext context) throws BindingException {
    return "queue " + queueName(context);
  }

  @Override
  public List<EffectiveSetting> effective(BindingContext context) throws BindingException {
    List<EffectiveSetting> settings = new ArrayList<>();
    settings.add(new EffectiveSetting("queueName", queueName(context), EffectiveSetting.BINDING));
    settings.add(context.effective("connection", StorageAccounts.DEFAULT));
    settings.addAll(QueueOptions.effective(context.host(), context.function()));
    settings.add(
        new EffectiveSetting(
            "batch",
            Boolean.toString(isBatch(context.binding())),
            isBatch(context.binding()) ? EffectiveSetting.BINDING : EffectiveSetting.DEFAULT));
    return settings;
  }

  /** {@code @Batch}, or {@code cardinality} of function.json. */
  private static boolean isBatch(BindingDefinition binding) {
    return binding.flag("batch", false)
        || binding.text("cardinality").filter("many"::equalsIgnoreCase).isPresent();
  }

  private static String queueName(BindingContext context) throws BindingException {
    return QueueNames.checked("queueName", context.required("queueName"));
  }
}
