package dev.roost.servicebus.namespace;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusReceiverClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusSessionReceiverClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSenderAsyncClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverAsyncClient;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One namespace. All its clients share an AMQP connection, which is made when the first of them has
 * something to say. Safe for use by many threads.
 */
public final class Namespace {
  private final String origin;
  private final ServiceBusClientBuilder builder;
  private final Duration tryTimeout;
  private final Map<String, ServiceBusSenderAsyncClient> senders = new HashMap<>();

  private Namespace(String origin, ServiceBusClientBuilder builder, Duration tryTimeout) {
    this.origin = origin;
    this.builder = builder;
    this.tryTimeout = tryTimeout;
  }

  /** Makes the namespace of a connection, without I/O. */
  static Namespace of(Connection connection, ClientOptions options) throws BindingException {
    ServiceBusClientBuilder builder = new ServiceBusClientBuilder();
    builder.transportType(options.transport()).retryOptions(options.retry());
    options.proxy().ifPresent(builder::proxyOptions);
    switch (connection) {
      case Connection.Text text -> {
        try {
          builder.connectionString(text.value());
        } catch (IllegalArgumentException _) { // its message may quote the string
          throw new BindingException(
              "connection",
              "'" + text.origin() + "' is not a connection string of a Service Bus namespace",
              "Copy it from the namespace's shared access policies:"
                  + " Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…");
        }
      }
      case Connection.Identity identity -> NamespaceIdentity.of(identity).enter(builder);
    }
    return new Namespace(connection.origin(), builder, options.retry().getTryTimeout());
  }

  /** The setting or section that names it; safe to show. */
  public String origin() {
    return origin;
  }

  /** How long one try of a call may take. */
  public Duration tryTimeout() {
    return tryTimeout;
  }

  /**
   * A new receiver, which receives nothing by itself: the caller closes it.
   *
   * @param prefetch how many messages it asks for beyond what is requested
   */
  public ServiceBusReceiverAsyncClient receiver(EntityPath path, int prefetch) {
    ServiceBusReceiverClientBuilder receiver =
        builder
            .receiver()
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .prefetchCount(prefetch)
            .subQueue(path.part());
    path.subscription()
        .ifPresentOrElse(
            name -> receiver.topicName(path.entity()).subscriptionName(name),
            () -> receiver.queueName(path.entity()));
    return receiver.buildAsyncClient();
  }

  /** A new client that accepts sessions: the caller closes it. */
  public ServiceBusSessionReceiverAsyncClient sessions(EntityPath path, int prefetch) {
    ServiceBusSessionReceiverClientBuilder receiver =
        builder
            .sessionReceiver()
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .prefetchCount(prefetch);
    path.subscription()
        .ifPresentOrElse(
            name -> receiver.topicName(path.entity()).subscriptionName(name),
            () -> receiver.queueName(path.entity()));
    return receiver.buildAsyncClient();
  }

  /** The sender to a queue or topic; made once, closed with the namespace. */
  public synchronized ServiceBusSenderAsyncClient sender(String entity) {
    // The service takes queues and topics alike.
    return senders.computeIfAbsent(
        entity, name -> builder.sender().queueName(name).buildAsyncClient());
  }

  synchronized void close() {
    senders.values().forEach(ServiceBusSenderAsyncClient::close);
    senders.clear();
  }
}
