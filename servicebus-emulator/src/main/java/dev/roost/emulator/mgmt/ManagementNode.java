package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Destination;
import dev.roost.emulator.broker.Namespace;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.time.EmulatorClock;

/** The operations of one entity's {@code $management} address. */
public final class ManagementNode implements RequestNode {
  private static final String PREFIX = "com.microsoft:";

  private final Namespace namespace;
  private final String entity;
  private final EmulatorClock clock;
  private final Codec codec;

  /** The node of {@code entity}, an address of {@code namespace}. */
  public ManagementNode(Namespace namespace, String entity, EmulatorClock clock, Codec codec) {
    this.namespace = namespace;
    this.entity = entity;
    this.clock = clock;
    this.codec = codec;
  }

  @Override
  public Reply answer(Request request) {
    String operation = request.operation();
    if (!operation.startsWith(PREFIX)) {
      throw unknown(operation);
    }
    Fields fields = new Fields(request.body());
    return switch (operation.substring(PREFIX.length())) {
      case "renew-lock" -> locks().renew(fields);
      case "update-disposition" -> locks().update(fields);
      case "peek-message" -> new ReadOperations(source()).peek(fields);
      case "receive-by-sequence-number" -> new ReadOperations(source()).receive(fields);
      case "schedule-message" -> new ScheduleOperations(destination(), codec).schedule(fields);
      case "cancel-scheduled-message" ->
          new ScheduleOperations(destination(), codec).cancel(fields);
      case "get-session-state" -> sessions().state(fields);
      case "set-session-state" -> sessions().keep(fields);
      case "add-rule" -> rules().add(fields);
      case "remove-rule" -> rules().remove(fields);
      case "enumerate-rules" -> rules().list(fields);
      case "renew-session-lock" -> sessions().renew(fields);
      default -> throw unknown(operation);
    };
  }

  private LockOperations locks() {
    return new LockOperations(source(), clock);
  }

  private SessionOperations sessions() {
    return new SessionOperations(source(), clock);
  }

  private RuleOperations rules() {
    return new RuleOperations(namespace.subscription(entity).orElseThrow(this::unknownEntity));
  }

  private Queue source() {
    return namespace.source(entity).orElseThrow(this::unknownEntity);
  }

  private Destination destination() {
    return namespace.destination(entity).orElseThrow(this::unknownEntity);
  }

  private Refused unknownEntity() {
    return new Refused(Conditions.NOT_FOUND, "The entity '" + entity + "' has no such operation.");
  }

  private static Refused unknown(String operation) {
    return new Refused(
        Conditions.NOT_IMPLEMENTED, "The emulator has no operation '" + operation + "'.");
  }
}
