package dev.roost.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 as a whole: closed when it has had no stream for a while. */
final class Http2Parent extends ChannelInboundHandlerAdapter implements Pulse.Beating {
  private static final int IDLE = 130;

  private final HttpServer server;
  private @Nullable Wire wire;
  private int idleBeats;

  Http2Parent(HttpServer server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    wire = new Wire(ctx);
    server.opened(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    server.closed(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    server.closed(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    HttpServer.LOG.log(System.Logger.Level.DEBUG, "An HTTP/2 connection was closed after", cause);
    new Wire(ctx).close();
  }

  @Override
  public void beat(int now) {
    Wire here = wire;
    if (here != null) {
      here.onLoop(() -> idle(here));
    }
  }

  private void idle(Wire here) {
    Http2FrameCodec codec = here.ctx().pipeline().get(Http2FrameCodec.class);
    idleBeats = codec != null && codec.connection().numActiveStreams() > 0 ? 0 : idleBeats + 1;
    if (idleBeats > IDLE) {
      here.close();
    }
  }

  @Override
  public void closeWhenAnswered() {
    Wire here = wire;
    if (here != null) {
      here.onLoop(here::close);
    }
  }
}
