package dev.roost.benchmarks.http;

import com.google.gson.Gson;
import dev.roost.benchmarks.http.app.Order;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * The least that a server on the JVM must do: Netty with the same bytes. Arguments: the port, and
 * {@code loop} to answer on the event loop or {@code virtual} to hand each request to a virtual
 * thread.
 */
public final class BareNetty {
  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.UTF_8);
  private static final Gson GSON = new Gson();
  private static final int MAX_BODY = 1 << 20;

  private BareNetty() {}

  /** Serves until the process is ended. */
  public static void main(String[] args) throws InterruptedException {
    boolean virtual = args[1].equals("virtual");
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    new ServerBootstrap()
        .group(group)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_BODY),
                        new Answers(virtual));
              }
            })
        .bind("127.0.0.1", Integer.parseInt(args[0]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  /** Answers in place, or from a virtual thread. */
  private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final boolean virtual;

    Answers(boolean virtual) {
      super(false);
      this.virtual = virtual;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (virtual) {
        Thread.ofVirtual().start(() -> answer(context, request));
      } else {
        answer(context, request);
      }
    }

    private static void answer(ChannelHandlerContext context, FullHttpRequest request) {
      byte[] body = HELLO;
      String type = "text/plain";
      if (request.content().isReadable()) {
        String json = request.content().toString(StandardCharsets.UTF_8);
        body = GSON.toJson(GSON.fromJson(json, Order.class)).getBytes(StandardCharsets.UTF_8);
        type = "application/json";
      }
      request.release();
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
      var _ = context.writeAndFlush(response, context.voidPromise());
    }
  }
}
