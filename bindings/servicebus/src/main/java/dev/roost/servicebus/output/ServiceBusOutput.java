package dev.roost.servicebus.output;

import dev.roost.servicebus.namespace.Namespaces;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.spi.expression.Template;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;

/** Opens the {@code serviceBus} output: messages sent to a queue or a topic. */
public final class ServiceBusOutput implements OutputProvider {
  private static final Logger LOG = System.getLogger("Host.Bindings");

  /** For ServiceLoader. */
  public ServiceBusOutput() {}

  @Override
  public Set<String> types() {
    return Set.of("serviceBus");
  }

  @Override
  public Output open(BindingContext context) throws BindingException {
    String key =
        context.binding().text("topicName").isPresent()
                && context.binding().text("queueName").isEmpty()
            ? "topicName"
            : "queueName";
    return new Sending(
        Template.of(context, key), context.host().clock(), new BusSender(Namespaces.of(context)));
  }

  private record Sending(Template entity, HostClock clock, BusSender sender) implements Output {
    @Override
    public void write(Payload value, BindingData data) throws IOException {
      String name = entity.render(data, clock);
      int messages = sender.send(name, value, clock.now());
      LOG.log(Level.DEBUG, "Sent {0} messages to ''{1}''", messages, name);
    }
  }
}
