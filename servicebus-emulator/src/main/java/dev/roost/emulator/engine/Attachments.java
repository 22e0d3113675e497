package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Destination;
import dev.roost.emulator.broker.Namespace;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.mgmt.CbsNode;
import dev.roost.emulator.mgmt.ManagementNode;
import dev.roost.emulator.mgmt.RequestNode;
import dev.roost.emulator.time.EmulatorClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.transaction.Coordinator;
import org.apache.qpid.proton.amqp.transport.Target;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.jspecify.annotations.Nullable;

/** Connects the links that clients attach to what their addresses name. */
record Attachments(Namespace namespace, EmulatorClock clock, Codec codec, long maxMessageSize) {
  private static final String CBS = "$cbs";
  private static final String MANAGEMENT = "/$management";
  private static final Symbol TIMEOUT = Symbol.valueOf("com.microsoft:timeout");
  private static final Duration ACCEPT_WAIT = Duration.ofMinutes(1);

  void attach(Link link, Peer peer) {
    try {
      if (link instanceof Sender sender) {
        attach(sender, peer);
      } else if (link instanceof Receiver receiver) {
        attach(receiver, peer);
      }
    } catch (Refused why) {
      link.setSource(null);
      link.setTarget(null);
      link.setContext(null);
      Errors.refuse(link, why);
    }
  }

  /** A client that sends. */
  private void attach(Receiver link, Peer peer) {
    Target target = link.getRemoteTarget();
    if (target instanceof Coordinator) {
      throw new Refused(Conditions.NOT_IMPLEMENTED, "The emulator does not support transactions.");
    }
    String address = address(target == null ? null : target.getAddress());
    Optional<RequestNode> node = node(address);
    Inlet inlet;
    if (node.isPresent()) {
      inlet =
          new Inlet(
              link, maxMessageSize, codec::decode, each -> peer.requests().take(node.get(), each));
    } else {
      Destination destination = namespace.destination(address).orElseThrow(() -> unknown(address));
      inlet =
          new Inlet(
              link, maxMessageSize, codec::decode, each -> peer.faults().send(destination, each));
    }
    echo(link);
    // Without it the SDK does not send.
    link.setMaxMessageSize(UnsignedLong.valueOf(maxMessageSize));
    link.setContext(inlet);
    inlet.open();
  }

  /** A client that receives. */
  private void attach(Sender link, Peer peer) {
    String address =
        address(link.getRemoteSource() == null ? null : link.getRemoteSource().getAddress());
    echo(link);
    if (node(address).isPresent()) {
      Target replyTo = link.getRemoteTarget();
      link.setContext(
          peer.requests().open(address(replyTo == null ? null : replyTo.getAddress()), link));
      return;
    }
    Queue queue = namespace.source(address).orElseThrow(() -> unknown(address));
    if (link.getRemoteSource() instanceof Source source
        && source.getFilter() != null
        && source.getFilter().containsKey(SessionWait.FILTER)) {
      SessionWait wait = new SessionWait(peer, link, queue, clock::told);
      link.setContext(wait);
      queue.accept(sessionId(source.getFilter().get(SessionWait.FILTER)), patience(link), wait);
      return;
    }
    Outlet outlet = new Outlet(peer, link, queue, null);
    link.setContext(outlet);
    queue.attach(outlet);
    link.open();
  }

  private Optional<RequestNode> node(String address) {
    if (address.equals(CBS)) {
      return Optional.of(new CbsNode());
    }
    return address.toLowerCase(Locale.ROOT).endsWith(MANAGEMENT)
        ? Optional.of(
            new ManagementNode(
                namespace,
                address.substring(0, address.length() - MANAGEMENT.length()),
                clock,
                codec))
        : Optional.empty();
  }

  private static void echo(Link link) {
    link.setSource(link.getRemoteSource());
    link.setTarget(link.getRemoteTarget());
    link.setSenderSettleMode(link.getRemoteSenderSettleMode());
    link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
    link.setProperties(link.getRemoteProperties());
  }

  private static @Nullable String sessionId(@Nullable Object filter) {
    Object value = filter instanceof DescribedType described ? described.getDescribed() : filter;
    return value == null ? null : value.toString();
  }

  /** How long the client lets the service look for a session, in milliseconds. */
  private static Duration patience(Link link) {
    Map<Symbol, Object> properties = link.getRemoteProperties();
    return properties != null && properties.get(TIMEOUT) instanceof Number millis
        ? Duration.ofMillis(millis.longValue())
        : ACCEPT_WAIT;
  }

  private static String address(@Nullable String address) {
    if (address == null) {
      throw new Refused(Conditions.NOT_ALLOWED, "A link needs an address.");
    }
    return address;
  }

  private static Refused unknown(String address) {
    return new Refused(
        Conditions.NOT_FOUND,
        "The messaging entity '"
            + address
            + "' could not be found. Name it in the emulator's configuration.");
  }
}
