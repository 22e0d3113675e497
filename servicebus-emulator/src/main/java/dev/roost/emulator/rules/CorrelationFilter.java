package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;
import java.util.Map;

/** Takes messages that have all of these values. A number matches whatever its AMQP type. */
public record CorrelationFilter(Map<SystemProperty, String> system, Map<String, Object> application)
    implements Filter {

  /** Copies the maps. */
  public CorrelationFilter {
    system = Map.copyOf(system);
    application = Map.copyOf(application);
  }

  /** Takes messages with this subject. */
  public static CorrelationFilter subject(String subject) {
    return new CorrelationFilter(Map.of(SystemProperty.LABEL, subject), Map.of());
  }

  /** Takes messages with this application property. */
  public static CorrelationFilter property(String name, Object value) {
    return new CorrelationFilter(Map.of(), Map.of(name, value));
  }

  @Override
  public boolean matches(Message message) {
    return system.entrySet().stream()
            .allMatch(wanted -> {
              Object found = wanted.getKey().of(message.properties());
              return found != null && wanted.getValue().equals(found.toString());
            })
        && application.entrySet().stream()
            .allMatch(wanted ->
                Values.same(
                    wanted.getValue(), message.applicationProperties().get(wanted.getKey())));
  }
}
