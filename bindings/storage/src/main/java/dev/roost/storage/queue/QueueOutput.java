package dev.roost.storage.queue;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.expression.Template;
import dev.roost.storage.account.StorageAccount;
import dev.roost.storage.account.StorageAccounts;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;

/** Opens the {@code queue} output: messages added to a storage queue. */
public final class QueueOutput implements OutputProvider {
  private static final Logger LOG = System.getLogger("Host.Bindings");

  /** For ServiceLoader. */
  public QueueOutput() {}

  @Override
  public Set<String> types() {
    return Set.of("queue");
  }

  @Override
  public Output open(BindingContext context) throws BindingException {
    StorageAccount account = StorageAccounts.of(context.host()).of(context);
    Template name = Template.of(context, "queueName");
    if (name.isConstant()) {
      QueueNames.checked("queueName", name.toString());
    }
    return new QueueAdding(
        name,
        context.host().clock(),
        new QueueWriter(account, Doorbell.of(context.host())),
        QueueOptions.encoding(context.host(), context.function().name()));
  }

  private record QueueAdding(
      Template name, HostClock clock, QueueWriter writer, MessageEncoding encoding)
      implements Output {
    @Override
    public void write(Payload value, BindingData data) throws IOException {
      String queue = queue(data);
      for (OutgoingBody body : OutgoingBody.of(value)) {
        String id = writer.send(queue, body.wire(encoding), body.delay(), body.timeToLive());
        // The body can't carry the trace; this line, which names the invocation, leads from it to
        // the Trigger Details of the next.
        LOG.log(Level.INFO, "Added message {0} to queue ''{1}''", id, queue);
      }
    }

    private String queue(BindingData data) throws IOException {
      try {
        return QueueNames.checked("queueName", name.render(data, clock));
      } catch (BindingException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
