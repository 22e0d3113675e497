package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.engine.TransportException;

/** One client's connection: its socket, and the protocol engine between bytes and links. */
final class Peer {
  private static final System.Logger LOG = System.getLogger("dev.roost.emulator");

  private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

  private final SocketChannel channel;
  private final AmqpServer server;
  private final Connection connection = Connection.Factory.create();
  private final Transport transport = Transport.Factory.create();
  private final Collector collector = Collector.Factory.create();
  private final Requests requests;
  private final List<Runnable> whenWritten = new ArrayList<>();
  private final Consumer<Link> attach;
  private boolean broken;
  private boolean closed;

  Peer(SocketChannel channel, AmqpServer server, Attachments attachments) {
    this.channel = channel;
    this.server = server;
    requests = new Requests(attachments.codec());
    attach = link -> attachments.attach(link, this);
    transport.setMaxFrameSize(AmqpServer.MAX_FRAME);
    transport.setChannelMax(AmqpServer.MAX_CHANNEL);
    transport.setIdleTimeout(AmqpServer.IDLE_MILLIS);
    transport.setEmitFlowEventOnSend(false);
    Sasl sasl = transport.sasl();
    sasl.server();
    sasl.setMechanisms("ANONYMOUS", "PLAIN", "EXTERNAL", "MSSBCBS");
    sasl.setListener(new AnyoneMayEnter());
    connection.collect(collector);
    transport.bind(connection);
  }

  Requests requests() {
    return requests;
  }

  Faults faults() {
    return server.faults();
  }

  /** Something is to be written at the end of this turn. */
  void touch() {
    server.touched(this);
  }

  /** Runs it when what waits to be written is written. */
  void whenWritten(Runnable action) {
    whenWritten.add(action);
  }

  void ready(SelectionKey key) {
    try {
      if (key.isReadable()) {
        read();
      }
      touch();
    } catch (IOException | TransportException e) {
      drop(String.valueOf(e));
    } catch (RuntimeException | StackOverflowError e) {
      // Bytes that the engine cannot digest must not end the loop that serves everybody.
      drop("unexpected " + e);
    }
  }

  private void read() throws IOException {
    for (int room = transport.capacity(); room > 0; room = transport.capacity()) {
      ByteBuffer tail = transport.tail();
      int count = channel.read(tail);
      if (count < 0) {
        transport.close_tail();
        handleEvents();
        drop("the client closed the socket");
        return;
      }
      if (count == 0) {
        return;
      }
      transport.process();
      handleEvents();
    }
  }

  /** Writes what can be written; the rest when the socket is ready again. */
  void flush(SelectionKey key) {
    if (closed) {
      return;
    }
    try {
      handleEvents();
      boolean all = write();
      if (all && broken) {
        drop("the client broke the protocol: " + transport.getCondition());
      }
      if (!closed) {
        key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    } catch (IOException | TransportException e) {
      drop(String.valueOf(e));
    } catch (RuntimeException | StackOverflowError e) {
      drop("unexpected " + e);
    }
  }

  private boolean write() throws IOException {
    for (int pending = transport.pending(); pending != 0; pending = transport.pending()) {
      if (pending < 0) {
        drop("the connection is closed");
        return true;
      }
      int count = channel.write(transport.head());
      transport.pop(count);
      if (count < pending) {
        return false;
      }
      if (!whenWritten.isEmpty()) {
        List<Runnable> actions = List.copyOf(whenWritten);
        whenWritten.clear();
        actions.forEach(Runnable::run);
      }
    }
    return true;
  }

  /** Sends a heartbeat, or ends a connection that is silent for too long. */
  void tick(long nowMillis) {
    transport.tick(nowMillis);
    touch();
  }

  private void handleEvents() {
    for (Event event = collector.peek(); event != null; event = collector.peek()) {
      handle(event);
      collector.pop();
    }
  }

  private void handle(Event event) {
    switch (event.getType()) {
      case CONNECTION_REMOTE_OPEN -> {
        broken |= connection.getLocalState() == EndpointState.ACTIVE;
        connection.setContainer("roost-servicebus-emulator");
        connection.open();
      }
      case SESSION_REMOTE_OPEN -> {
        broken |= connection.getRemoteState() != EndpointState.ACTIVE;
        event.getSession().setIncomingCapacity(AmqpServer.SESSION_BYTES);
        event.getSession().open();
      }
      case LINK_REMOTE_OPEN -> attach.accept(event.getLink());
      case LINK_FLOW -> with(event.getLink(), LinkHandler::flow);
      case DELIVERY -> with(event.getLink(), handler -> handler.delivery(event.getDelivery()));
      case LINK_REMOTE_CLOSE, LINK_REMOTE_DETACH -> {
        end(event.getLink());
        event.getLink().close();
        event.getLink().free();
      }
      case SESSION_REMOTE_CLOSE -> {
        endLinks(event.getSession());
        event.getSession().close();
        event.getSession().free();
      }
      case CONNECTION_REMOTE_CLOSE -> {
        endAll();
        connection.close();
      }
      case TRANSPORT_ERROR -> broken = true;
      default -> {
        // The others follow from what this side did.
      }
    }
  }

  private static void with(Link link, Consumer<LinkHandler> action) {
    if (link.getContext() instanceof LinkHandler handler) {
      action.accept(handler);
    }
  }

  /** Closes the socket without a word, as a broken network does. */
  void drop(String why) {
    if (closed) {
      return;
    }
    closed = true;
    LOG.log(System.Logger.Level.DEBUG, "connection ended: {0}", why);
    endAll();
    server.ended(this);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the socket could not be closed", e);
    }
  }

  /** Ends the links to an address; how many. */
  int detach(String address, Refused why) {
    List<Link> found = links().stream().filter(link -> isTo(link, address)).toList();
    found.forEach(link -> {
      Errors.end(link, why);
      end(link);
    });
    touch();
    return found.size();
  }

  private static boolean isTo(Link link, String address) {
    String there = null;
    if (link instanceof Sender && link.getRemoteSource() != null) {
      there = link.getRemoteSource().getAddress();
    } else if (link.getRemoteTarget() != null) {
      there = link.getRemoteTarget().getAddress();
    }
    return link.getContext() instanceof LinkHandler && address.equalsIgnoreCase(there);
  }

  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Link link = connection.linkHead(ANY, ANY); link != null; link = link.next(ANY, ANY)) {
      links.add(link);
    }
    return links;
  }

  private void endAll() {
    links().forEach(Peer::end);
  }

  private void endLinks(Session session) {
    links().stream().filter(link -> link.getSession().equals(session)).forEach(Peer::end);
  }

  private static void end(Link link) {
    with(link, LinkHandler::gone);
    link.setContext(null);
  }
}
