package dev.roost.http;

import dev.roost.http.Site.Resolution;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpResponse.Header;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listening server: its event loops, its connections, and what they share. */
final class HttpServer implements AutoCloseable {
  static final System.Logger LOG = System.getLogger("Host.Http");
  private static final long GRACE_SECONDS = 5;

  private final Site site;
  private final HttpOptions options;
  private final HostServices host;
  private final Throttle throttle;
  private final Pulse pulse;
  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final InetSocketAddress address;
  private volatile boolean closing;

  private HttpServer(Site site, HttpOptions options, HostServices host, InetSocketAddress wanted)
      throws IOException {
    this.site = site;
    this.options = options;
    this.host = host;
    this.throttle = new Throttle(options.maxOutstandingRequests(), options.maxConcurrentRequests());
    this.pulse = new Pulse(host, now -> connections.forEach(connection -> connection.beat(now)));
    this.loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("roost-http", true),
            NioIoHandler.newFactory());
    this.address = bind(wanted);
  }

  /**
   * Listens.
   *
   * @throws IOException when the address can't be used
   */
  static HttpServer open(
      Site site, HttpOptions options, HostServices host, InetSocketAddress wanted)
      throws IOException {
    HttpServer server = new HttpServer(site, options, host, wanted);
    server.pulse.start();
    return server;
  }

  private InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Pipeline());
    ChannelFuture bound = bootstrap.bind(wanted).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException(
          "can't listen on " + wanted + ": " + bound.cause().getMessage(), bound.cause());
    }
    channels.add(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      ClientConnection connection = new ClientConnection(HttpServer.this);
      channel
          .pipeline()
          .addLast(new RequestDecoder(connection))
          .addLast(new HttpResponseEncoder())
          .addLast(connection);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** For people: where the server is reached from this machine. */
  String baseUrl() {
    String name =
        address.getAddress().isAnyLocalAddress() || address.getAddress().isLoopbackAddress()
            ? "localhost"
            : address.getHostString();
    return "http://" + name + ":" + address.getPort();
  }

  HostServices host() {
    return host;
  }

  HttpOptions options() {
    return options;
  }

  Throttle throttle() {
    return throttle;
  }

  Pulse pulse() {
    return pulse;
  }

  boolean isClosing() {
    return closing;
  }

  boolean isSecure() {
    return false;
  }

  /** What a client of HTTP/1.0 that names no host is taken to have asked for. */
  String authority() {
    return "localhost:" + address.getPort();
  }

  Resolution resolve(RequestHead head) {
    return site.resolve(head.method(), head.path(), options, host);
  }

  /** Headers for responses that lack them. */
  List<Header> extraHeaders(@Nullable Exchange exchange) {
    return options.headers();
  }

  void opened(ClientConnection connection, Channel channel) {
    channels.add(channel);
    connections.add(connection);
  }

  void closed(ClientConnection connection) {
    connections.remove(connection);
  }

  /** Accepts no more, lets the last answers leave, and closes. */
  @Override
  public void close() {
    closing = true;
    pulse.stop();
    channels.close(channel -> !(channel instanceof SocketChannel)).awaitUninterruptibly();
    connections.forEach(connection -> connection.onLoop(connection::closeWhenAnswered));
    channels.newCloseFuture().awaitUninterruptibly(GRACE_SECONDS, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
