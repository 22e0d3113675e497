package dev.roost.servicebus.trigger;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import dev.roost.servicebus.namespace.ServiceBusFault;
import dev.roost.servicebus.output.LaterTry;
import dev.roost.spi.HostServices;
import dev.roost.spi.SessionDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A received message and its lock. Once the lock is lost every call answers false, and the message
 * is no longer our business.
 */
final class LockedMessage {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int LONGEST_TEXT = 4096;

  /** How soon the service answers a decision, if at all. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** A minute in all: what is not settled by then comes again. */
  private static final int REPEATS = 11;

  private final Reception reception;
  private final ServiceBusReceivedMessage raw;
  private volatile Instant lockedUntil;
  private volatile boolean lost;

  LockedMessage(Reception reception, ServiceBusReceivedMessage raw) {
    this.reception = reception;
    this.raw = raw;
    OffsetDateTime until = raw.getLockedUntil();
    this.lockedUntil =
        until == null ? reception.host().clock().now().plusSeconds(30) : until.toInstant();
  }

  ServiceBusReceivedMessage raw() {
    return raw;
  }

  Reception reception() {
    return reception;
  }

  HostServices host() {
    return reception.host();
  }

  boolean ofSession() {
    return reception.session();
  }

  /** What its session keeps. */
  Optional<SessionDocument> state(Holding holding) {
    return Optional.ofNullable(raw.getSessionId()).flatMap(holding::state);
  }

  String id() {
    return LaterTry.originalId(raw);
  }

  /** For people: its id, or its number where the sender gave it none. */
  String name() {
    return id().isEmpty() ? "number " + raw.getSequenceNumber() : id();
  }

  /**
   * Which delivery this is, from 1. The service's count is that of failed deliveries; what was sent
   * anew for a later try begins again there, but not here.
   */
  long deliveries() {
    return raw.getDeliveryCount() + 1 + LaterTry.before(raw);
  }

  Instant lockedUntil() {
    return lockedUntil;
  }

  /** How long until the lock is to be renewed: half of what is left of it. */
  Duration renewEvery() {
    Duration half =
        Duration.ofNanos(Duration.between(host().clock().now(), lockedUntil).toNanos() / 2);
    return half.compareTo(SHORTEST) < 0 ? SHORTEST : half.compareTo(LONGEST) > 0 ? LONGEST : half;
  }

  /** Prolongs the lock. */
  Mono<Boolean> renewal() {
    return ifOurs(
        "renew",
        () ->
            reception
                .receiver()
                .renewMessageLock(raw)
                .doOnNext(until -> lockedUntil = until.toInstant())
                .then());
  }

  /** Removes it: its work is done. */
  Mono<Boolean> complete() {
    return settled("complete", () -> reception.receiver().complete(raw));
  }

  /**
   * As {@link #complete}, on the calling thread: most messages end so, and without the steps that
   * other endings need it costs half.
   *
   * @return false when the lock was lost
   */
  boolean completeNow() throws IOException {
    for (int repeats = REPEATS; !lost; repeats--) {
      try {
        ServiceBusFault.call(
            "complete message " + name(), reception.receiver().complete(raw), ANSWER);
        return true;
      } catch (ServiceBusFault fault) {
        lost = fault.isLockLost();
        if (!lost && (repeats == 0 || !isUnanswered(fault.getCause()))) {
          throw fault;
        }
      }
    }
    return false;
  }

  /** Gives it back: it comes again at once. */
  Mono<Boolean> abandon() {
    return settled("abandon", () -> reception.receiver().abandon(raw));
  }

  /** Moves it to the dead letters. */
  Mono<Boolean> deadLetter(String reason, String description) {
    DeadLetterOptions why =
        new DeadLetterOptions()
            .setDeadLetterReason(cut(reason))
            .setDeadLetterErrorDescription(cut(description));
    return settled("dead-letter", () -> reception.receiver().deadLetter(raw, why));
  }

  /**
   * A decision that was on its way when the connection broke is never answered, and the SDK mostly
   * waits a minute or two for that. Said again it finds its link gone, and takes another way.
   */
  private Mono<Boolean> settled(String verb, Supplier<Mono<Void>> decision) {
    return ifOurs(verb, () -> answered(decision, REPEATS));
  }

  /** Not {@code retryWhen}, which costs as much as all else about a settlement that succeeds. */
  private static Mono<Void> answered(Supplier<Mono<Void>> decision, int repeats) {
    return Mono.defer(decision)
        .name("settlement") // or the time limit looks for one in all that stands before it
        .timeout(ANSWER)
        .onErrorResume(e -> repeats > 0 && isUnanswered(e), _ -> answered(decision, repeats - 1));
  }

  /** True when it was not the service that refused: the answer is late, or its link is gone. */
  private static boolean isUnanswered(@Nullable Throwable e) {
    return e != null
        && (e instanceof TimeoutException
            || e.getCause() instanceof TimeoutException
            || (e.getCause() instanceof AmqpException link && link.getErrorCondition() == null));
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  private Mono<Boolean> ifOurs(String verb, Supplier<Mono<Void>> call) {
    if (lost) {
      return Mono.just(false);
    }
    return call.get()
        .thenReturn(true)
        .onErrorMap(e -> ServiceBusFault.of(verb + " message " + name(), e))
        .onErrorResume(
            ServiceBusFault.class,
            fault -> {
              if (fault.isLockLost()) {
                lost = true;
                return Mono.just(false);
              }
              return Mono.error(fault);
            });
  }

  /** What a span says of it, by OpenTelemetry's names. */
  Map<String, String> spanAttributes(String destination) {
    return Map.of(
        "faas.trigger",
        "pubsub",
        "messaging.system",
        "servicebus",
        "messaging.operation.type",
        "process",
        "messaging.destination.name",
        destination,
        "messaging.message.id",
        id());
  }
}
