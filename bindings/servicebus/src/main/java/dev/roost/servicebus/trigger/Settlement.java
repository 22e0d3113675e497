package dev.roost.servicebus.trigger;

import dev.roost.servicebus.namespace.EntityPath;
import dev.roost.servicebus.output.BusSender;
import dev.roost.spi.HostClock;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The verdict over a received message: complete, come again at once or later, or dead letter. The
 * service itself dead-letters what came too often.
 */
final class Settlement {
  private static final Logger LOG = System.getLogger("Host.Triggers.ServiceBus");

  private final EntityPath path;
  private final ServiceBusOptions options;
  private final BusSender sender;
  private final HostClock clock;

  Settlement(EntityPath path, ServiceBusOptions options, BusSender sender, HostClock clock) {
    this.path = path;
    this.options = options;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * Settles a message.
   *
   * @param broken true when its body could not be read
   */
  Mono<Void> settle(LockedMessage message, Outcome outcome, boolean broken) {
    return switch (outcome) {
      case Outcome.Succeeded(Payload reply) -> succeeded(message, reply);
      case Outcome.Abandoned _ -> told(message, message.abandon());
      case Outcome.Failed failed -> failed(message, failed, broken);
      case Outcome.Partial partial -> settle(message, ofItem(partial, 0), broken);
    };
  }

  /** True when nothing is to be done but to remove the message, by {@link #complete}. */
  boolean onlyCompletes(Outcome outcome) {
    return options.autoComplete()
        && outcome instanceof Outcome.Succeeded(Payload reply)
        && (!options.reply() || reply instanceof Payload.Empty);
  }

  /** Removes a message whose work is done, on the calling thread. */
  static void complete(LockedMessage message) throws IOException {
    if (!message.completeNow()) {
      lost(message);
    }
  }

  /** What a partial outcome says of one item. */
  static Outcome ofItem(Outcome.Partial partial, int index) {
    Outcome.Failed failed = partial.failures().get(index);
    return failed == null ? new Outcome.Succeeded(Payload.EMPTY) : failed;
  }

  private Mono<Void> succeeded(LockedMessage message, Payload reply) {
    Mono<Void> answer =
        options.reply() && !(reply instanceof Payload.Empty)
            ? sender
                .answer(message.raw(), reply, clock.now())
                // Without its answer the work is not done: it comes again.
                .onErrorResume(e -> message.abandon().then(Mono.error(e)))
            : Mono.empty();
    return options.autoComplete() ? answer.then(told(message, message.complete())) : answer;
  }

  private Mono<Void> failed(LockedMessage message, Outcome.Failed failed, boolean broken) {
    if (broken || failed.permanent()) {
      return bury(
          message,
          broken ? "BodyUnreadable" : failed.cause().getClass().getSimpleName(),
          String.valueOf(failed.cause().getMessage()));
    }
    return failed.retryAfter().isPresent()
        ? later(message, failed.retryAfter().get(), failed.cause())
        : told(message, message.abandon());
  }

  private Mono<Void> bury(LockedMessage message, String reason, String description) {
    return told(
        message,
        message
            .deadLetter(reason, description)
            .doOnNext(ours -> {
              if (ours) {
                LOG.log(
                    Level.WARNING,
                    "Message {0} of ''{1}'' is dead-lettered: {2}",
                    message.name(),
                    path,
                    reason);
              }
            }));
  }

  /** A queue gets a copy for later; elsewhere the message is held until then. */
  private Mono<Void> later(LockedMessage message, Duration pause, Throwable cause) {
    if (message.deliveries() >= options.maxDeliveries()) {
      return bury(
          message,
          "MaxDeliveryCountExceeded",
          "it asked for a later try after %d deliveries, and maxDeliveryCount is %d: %s"
              .formatted(message.deliveries(), options.maxDeliveries(), cause.getMessage()));
    }
    if (!path.takesMessages() || message.ofSession()) {
      Duration most = options.renewal();
      message.reception().hold(message, pause.compareTo(most) > 0 ? most : pause);
      return Mono.empty();
    }
    return sender
        .later(path.entity(), message.raw(), message.deliveries(), clock.now().plus(pause))
        .flatMap(sent -> told(message, sent ? message.complete() : message.abandon()))
        .onErrorResume(IOException.class, e -> message.abandon().then(Mono.error(e)));
  }

  private static Mono<Void> told(LockedMessage message, Mono<Boolean> settled) {
    return settled
        .doOnNext(ours -> {
          if (!ours) {
            lost(message);
          }
        })
        .then();
  }

  private static void lost(LockedMessage message) {
    LOG.log(
        Level.WARNING,
        "The lock of message {0} was lost before it was settled: it may run twice",
        message.name());
  }
}
