package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.codec.Message;
import dev.roost.emulator.mgmt.Reply;
import dev.roost.emulator.mgmt.Request;
import dev.roost.emulator.mgmt.RequestNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.engine.Sender;

/** Requests of one connection, and the links their answers go to. */
final class Requests {
  private final Codec codec;
  private final Map<String, Sender> replies = new HashMap<>();
  private long tag;

  Requests(Codec codec) {
    this.codec = codec;
  }

  /** Answers to {@code address} go to this link. */
  LinkHandler open(String address, Sender link) {
    replies.put(address, link);
    link.open();
    return new LinkHandler() {
      @Override
      public void gone() {
        replies.remove(address, link);
      }
    };
  }

  /** Answers one request; an answer that nobody waits for is dropped. */
  void take(RequestNode node, Message request) {
    Optional<Sender> link =
        Optional.ofNullable(request.properties().getReplyTo()).map(replies::get);
    Reply reply = answer(node, request);
    if (link.isPresent()) {
      byte[] bytes = codec.encode(message(request, reply), 0, Map.of());
      Sender sender = link.get();
      sender.delivery(Long.toString(tag++).getBytes(StandardCharsets.US_ASCII));
      sender.send(bytes, 0, bytes.length);
      sender.current().settle();
    }
  }

  private Reply answer(RequestNode node, Message request) {
    try {
      return node.answer(Request.of(request, codec));
    } catch (Refused why) {
      return Reply.refused(why);
    }
  }

  private Message message(Message request, Reply reply) {
    Properties properties = new Properties();
    properties.setCorrelationId(request.properties().getMessageId());
    return new Message(
        new Header(), Map.of(), properties, reply.properties(), codec.body(reply.body()));
  }
}
