package dev.roost.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.util.Optional;

/** Gives each new connection its handlers. */
final class ServerPipeline extends ChannelInitializer<SocketChannel> {
  private final HttpServer server;
  private final Optional<Tls> tls;

  ServerPipeline(HttpServer server, Optional<Tls> tls) {
    this.server = server;
    this.tls = tls;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    server.accepted(channel);
    if (tls.isPresent()) {
      channel.pipeline().addLast(tls.get().handler(channel.alloc()), new Negotiated());
    } else {
      addHttp1(channel.pipeline());
    }
  }

  private void addHttp1(ChannelPipeline pipeline) {
    ClientConnection connection = new ClientConnection(server);
    pipeline.addLast(new RequestDecoder(connection), new HttpResponseEncoder(), connection);
  }

  /** Goes on with the protocol that TLS negotiated. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        Http2.addTo(ctx.pipeline(), server);
      } else {
        addHttp1(ctx.pipeline());
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      HttpServer.LOG.log(System.Logger.Level.DEBUG, "A TLS handshake failed", cause);
      new Wire(ctx).close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      HttpServer.LOG.log(System.Logger.Level.DEBUG, "A connection was closed after", cause);
      new Wire(ctx).close();
    }
  }
}
