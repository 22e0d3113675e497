package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.MalformedMessage;
import dev.roost.emulator.codec.Message;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;

/** A link on which a client sends: messages, or requests. */
final class Inlet implements LinkHandler {
  /** Credit granted at most; topped up when half of it is used. */
  private static final int CREDIT = 1000;

  private final Receiver link;
  private final long maxMessageSize;
  private final BiFunction<byte[], Integer, List<Message>> decode;
  private final Consumer<Message> taker;
  private boolean refused;

  /** {@code taker} takes a message or throws {@link Refused}. */
  Inlet(
      Receiver link,
      long maxMessageSize,
      BiFunction<byte[], Integer, List<Message>> decode,
      Consumer<Message> taker) {
    this.link = link;
    this.maxMessageSize = maxMessageSize;
    this.decode = decode;
    this.taker = taker;
  }

  void open() {
    link.open();
    link.flow(CREDIT);
  }

  @Override
  public void delivery(Delivery delivery) {
    if (!delivery.isReadable() || !delivery.equals(link.current())) {
      return;
    }
    if (refused) {
      // The rest of it still comes; it is read so that it takes no room.
      link.recv(new byte[delivery.pending()], 0, delivery.pending());
      return;
    }
    if (delivery.pending() > maxMessageSize) {
      refused = true;
      Errors.end(
          link,
          new Refused(
              Conditions.TOO_LARGE,
              "The message is larger than the " + maxMessageSize + " bytes that are allowed."));
      return;
    }
    if (delivery.isAborted()) {
      link.advance();
      delivery.settle();
    } else if (!delivery.isPartial()) {
      byte[] bytes = new byte[delivery.pending()];
      link.recv(bytes, 0, bytes.length);
      link.advance();
      delivery.disposition(take(bytes, delivery.getMessageFormat()));
      delivery.settle();
    }
    if (link.getCredit() <= CREDIT / 2) {
      link.flow(CREDIT - link.getCredit());
    }
  }

  private DeliveryState take(byte[] bytes, int format) {
    try {
      decode.apply(bytes, format).forEach(taker);
      return Accepted.getInstance();
    } catch (MalformedMessage e) {
      return Errors.rejected(new Refused(Conditions.DECODE_ERROR, String.valueOf(e.getMessage())));
    } catch (Refused e) {
      return Errors.rejected(e);
    }
  }
}
