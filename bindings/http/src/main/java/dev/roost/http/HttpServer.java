package dev.roost.http;

import dev.roost.http.Site.Resolution;
import dev.roost.spi.HostServices;
import dev.roost.spi.HttpResponse.Header;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
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
  private final Optional<Tls> tls;
  private final Throttle throttle;
  private final BodyBudget budget;
  private final Pulse pulse;
  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Set<Pulse.Beating> connections = ConcurrentHashMap.newKeySet();
  private final InetSocketAddress address;
  private volatile boolean closing;

  private HttpServer(Site site, HttpOptions options, HostServices host, InetSocketAddress wanted)
      throws IOException {
    this.site = site;
    this.options = options;
    this.host = host;
    this.tls = Tls.read(host.extension("http"));
    this.throttle = new Throttle(options.maxOutstandingRequests(), options.maxConcurrentRequests());
    this.budget = new BodyBudget(options.maxBodyBytes());
    this.pulse = new Pulse(host, this::beat);
    this.loops = Transport.loops(host.waiter());
    this.address = bind(wanted);
  }

  /**
   * Listens.
   *
   * @throws IOException when the address or the certificate can't be used
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
            .channel(Transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new ServerPipeline(this, tls));
    ChannelFuture bound = bootstrap.bind(wanted).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException(
          wanted.getHostString()
              + ":"
              + wanted.getPort()
              + " can't be listened on ("
              + bound.cause().getMessage()
              + ")",
          bound.cause());
    }
    channels.add(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
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
    return (isSecure() ? "https://" : "http://") + name + ":" + address.getPort();
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

  BodyBudget budget() {
    return budget;
  }

  Pulse pulse() {
    return pulse;
  }

  boolean isClosing() {
    return closing;
  }

  boolean isSecure() {
    return tls.isPresent();
  }

  /** What a client of HTTP/1.0 that names no host is taken to have asked for. */
  String authority() {
    return "localhost:" + address.getPort();
  }

  Resolution resolve(RequestHead head) {
    return site.resolve(head.method(), head.path(), options, host);
  }

  /** Headers for the response of an exchange; null when there was no readable request. */
  List<Header> headers(@Nullable Exchange exchange) {
    return exchange == null
        ? options.additions().custom()
        : options.additions().headers(exchange.head(), isSecure());
  }

  void accepted(SocketChannel channel) {
    channels.add(channel);
  }

  void opened(Pulse.Beating connection) {
    connections.add(connection);
  }

  void closed(Pulse.Beating connection) {
    connections.remove(connection);
  }

  private void beat(int now) {
    tls.ifPresent(certificate -> certificate.beat(now));
    connections.forEach(connection -> connection.beat(now));
  }

  /** Accepts no more, lets the last answers leave, and closes. */
  @Override
  public void close() {
    closing = true;
    pulse.stop();
    channels.close(channel -> !(channel instanceof SocketChannel)).awaitUninterruptibly();
    connections.forEach(Pulse.Beating::closeWhenAnswered);
    channels.newCloseFuture().awaitUninterruptibly(GRACE_SECONDS, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
