package dev.roost.servicebus.trigger;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.ParameterProvider;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@code ServiceBusReceivedMessage} of the Azure SDK that an app brings, by reflection on
 * the app's own class: the host shares none of it with the app. The SDK offers no public way to
 * make one, so its own setters are opened.
 */
final class AppMessages implements ParameterProvider.Parameter {
  private static final List<Field<?>> FIELDS =
      List.of(
          new Field<>("setMessageId", String.class, ServiceBusReceivedMessage::getMessageId),
          new Field<>("setContentType", String.class, ServiceBusReceivedMessage::getContentType),
          new Field<>(
              "setCorrelationId", String.class, ServiceBusReceivedMessage::getCorrelationId),
          new Field<>("setSubject", String.class, ServiceBusReceivedMessage::getSubject),
          new Field<>("setTo", String.class, ServiceBusReceivedMessage::getTo),
          new Field<>("setReplyTo", String.class, ServiceBusReceivedMessage::getReplyTo),
          new Field<>(
              "setReplyToSessionId", String.class, ServiceBusReceivedMessage::getReplyToSessionId),
          new Field<>("setSessionId", String.class, ServiceBusReceivedMessage::getSessionId),
          new Field<>("setTimeToLive", Duration.class, ServiceBusReceivedMessage::getTimeToLive),
          new Field<>("setDeliveryCount", long.class, ServiceBusReceivedMessage::getDeliveryCount),
          new Field<>(
              "setSequenceNumber", long.class, ServiceBusReceivedMessage::getSequenceNumber),
          new Field<>(
              "setEnqueuedTime", OffsetDateTime.class, ServiceBusReceivedMessage::getEnqueuedTime),
          new Field<>(
              "setLockedUntil", OffsetDateTime.class, ServiceBusReceivedMessage::getLockedUntil),
          new Field<>(
              "setDeadLetterReason", String.class, ServiceBusReceivedMessage::getDeadLetterReason),
          new Field<>(
              "setDeadLetterErrorDescription",
              String.class,
              ServiceBusReceivedMessage::getDeadLetterErrorDescription),
          new Field<>(
              "setDeadLetterSource", String.class, ServiceBusReceivedMessage::getDeadLetterSource),
          new Field<>("setLockToken", UUID.class, AppMessages::lockToken));

  /** One setter of the app's class, and where its value comes from. */
  private record Field<T>(
      String setter, Class<T> type, Function<ServiceBusReceivedMessage, @Nullable Object> value) {}

  /** A setter that was found. */
  private record Setter(
      Method method, Function<ServiceBusReceivedMessage, @Nullable Object> value) {}

  private final Method fromBytes;
  private final Constructor<?> constructor;
  private final List<Setter> setters;
  private final Method properties;

  private AppMessages(Class<?> type) throws ReflectiveOperationException {
    Class<?> body = Class.forName("com.azure.core.util.BinaryData", false, type.getClassLoader());
    fromBytes = body.getMethod("fromBytes", byte[].class);
    constructor = type.getDeclaredConstructor(body);
    constructor.setAccessible(true);
    properties = type.getMethod("getApplicationProperties");
    setters = new ArrayList<>();
    for (Field<?> field : FIELDS) {
      Method method = type.getDeclaredMethod(field.setter(), field.type());
      method.setAccessible(true);
      setters.add(new Setter(method, field.value()));
    }
  }

  /**
   * The maker of values of a class; empty when it is not the SDK's message.
   *
   * @throws BindingException when the app's SDK is not one that is known
   */
  static Optional<ParameterProvider.Parameter> parameter(Class<?> type) throws BindingException {
    if (!type.getName().equals(ServiceBusReceivedMessage.class.getName())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AppMessages(type));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new BindingException(
          "type",
          "the app's " + type.getName() + " can't be made here (" + e.getMessage() + ")",
          "Bring com.azure:azure-messaging-servicebus 7.17 and what it depends on in the app's"
              + " lib.");
    }
  }

  @Override
  public Object value(BindingData data) throws IOException {
    if (!(data.exactly(MessageFields.RAW).orElse(Payload.EMPTY)
        instanceof Payload.Native(LockedMessage message))) {
      throw new IOException("this event is no single message: a run by hand, or a batch, has none");
    }
    try {
      return made(message.raw());
    } catch (InvocationTargetException e) {
      throw new IOException("the app's Azure SDK refused the message", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IOException("the app's Azure SDK can't be used: " + e.getMessage(), e);
    }
  }

  private Object made(ServiceBusReceivedMessage message) throws ReflectiveOperationException {
    byte[] body =
        switch (Bodies.payload(message, true)) {
          case Payload.Bytes(byte[] bytes) -> bytes;
          default -> new byte[0];
        };
    Object made = constructor.newInstance(fromBytes.invoke(null, (Object) body));
    for (Setter setter : setters) {
      Object value = setter.value().apply(message);
      if (value != null) {
        setter.method().invoke(made, value);
      }
    }
    if (properties.invoke(made) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // the SDK declares it so
      Map<String, Object> all = (Map<String, Object>) map;
      all.putAll(message.getApplicationProperties());
    }
    return made;
  }

  private static @Nullable Object lockToken(ServiceBusReceivedMessage message) {
    String token = message.getLockToken();
    return token == null ? null : UUID.fromString(token);
  }
}
