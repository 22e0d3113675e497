package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Namespace;
import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.time.Alarms;
import dev.roost.emulator.time.EmulatorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Listens on the loopback address and serves the clients that come. */
public final class AmqpServer implements AutoCloseable {
  static final int MAX_FRAME = 65_536;
  static final int MAX_CHANNEL = 255;
  static final int IDLE_MILLIS = 240_000;

  /** What one session of a client may have on the way here. */
  static final int SESSION_BYTES = 16 << 20;

  private static final long TICK_NANOS = Duration.ofSeconds(5).toNanos();

  private final EmulatorClock clock;
  private final Attachments attachments;
  private final Faults faults;
  private final EventLoop loop;
  private final Map<Peer, SelectionKey> peers = new LinkedHashMap<>();
  private final Set<Peer> touched = new LinkedHashSet<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private @Nullable ServerSocketChannel listener;
  private int lastPort;
  private long nextTick;

  AmqpServer(EmulatorClock clock, Alarms alarms, Attachments attachments) throws IOException {
    this.clock = clock;
    this.attachments = attachments;
    faults = new Faults(this, clock, alarms);
    loop = new EventLoop(alarms, this::endOfTurn);
    nextTick = clock.nanoTime() + TICK_NANOS;
  }

  /** Starts its thread and listens. */
  public static AmqpServer start(
      EmulatorClock clock,
      Alarms alarms,
      Namespace namespace,
      Codec codec,
      int port,
      long maxMessageSize)
      throws IOException {
    AmqpServer server =
        new AmqpServer(clock, alarms, new Attachments(namespace, clock, codec, maxMessageSize));
    server.listen(port);
    server.loop.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return on(() -> lastPort);
  }

  /** Runs {@code work} on the loop's thread and waits for its result. */
  public <T extends @Nullable Object> T on(Supplier<T> work) {
    return loop.call(work);
  }

  /** Calls it at the end of every turn, on the loop's thread, from now on. */
  public void watch(Runnable watcher) {
    loop.ask(() -> watchers.add(watcher));
  }

  /** No longer calls it. */
  public void unwatch(Runnable watcher) {
    loop.ask(() -> watchers.remove(watcher));
  }

  @Override
  public void close() {
    loop.ask(() -> {
      List.copyOf(peers.keySet()).forEach(peer -> peer.drop("the emulator closes"));
      stopListening();
    });
    loop.close();
  }

  /** What may go wrong on request. */
  public Faults faults() {
    return faults;
  }

  void touched(Peer peer) {
    touched.add(peer);
  }

  void ended(Peer peer) {
    peers.remove(peer);
    touched.remove(peer);
  }

  List<Peer> peers() {
    return List.copyOf(peers.keySet());
  }

  void listenAgain() throws IOException {
    if (listener == null) {
      listen(lastPort);
    }
  }

  private void listen(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listener = channel;
    lastPort = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    loop.register(channel, SelectionKey.OP_ACCEPT, _ -> accept(channel));
  }

  void stopListening() {
    if (listener != null) {
      try {
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      listener = null;
    }
  }

  private void accept(ServerSocketChannel channel) {
    try {
      SocketChannel socket = channel.accept();
      if (socket != null) {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Peer peer = new Peer(socket, this, attachments);
        peers.put(peer, loop.register(socket, SelectionKey.OP_READ, peer::ready));
        touched(peer);
      }
    } catch (IOException e) {
      // A client that left while it was accepted, or no file handle: the others go on.
      System.getLogger("dev.roost.emulator")
          .log(System.Logger.Level.WARNING, "a connection could not be accepted: " + e);
    }
  }

  private Duration endOfTurn() {
    long now = clock.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = now + TICK_NANOS;
      long millis = TimeUnit.NANOSECONDS.toMillis(now);
      List.copyOf(peers.keySet()).forEach(peer -> peer.tick(millis));
    }
    while (!touched.isEmpty()) {
      Peer peer = touched.iterator().next();
      touched.remove(peer);
      SelectionKey key = peers.get(peer);
      if (key != null) {
        peer.flush(key);
      }
    }
    List.copyOf(watchers).forEach(Runnable::run);
    return peers.isEmpty() ? Duration.ofDays(1) : Duration.ofNanos(nextTick - now);
  }
}
