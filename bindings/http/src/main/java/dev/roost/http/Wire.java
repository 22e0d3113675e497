package dev.roost.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * The way out of a connection. Nobody waits for a write: one that fails reaches {@code
 * exceptionCaught} and ends the connection there.
 */
@SuppressWarnings("FutureReturnValueIgnored")
record Wire(ChannelHandlerContext ctx) {

  Channel channel() {
    return ctx.channel();
  }

  /** True for a stream of HTTP/2, which carries one exchange and ends by itself. */
  boolean isStream() {
    return channel() instanceof Http2StreamChannel;
  }

  /** Runs on the event loop, later or now; from any thread. */
  void onLoop(Runnable task) {
    if (ctx.executor().inEventLoop()) {
      task.run();
    } else {
      ctx.executor().execute(task);
    }
  }

  /** Runs what may block, on the loop between its rounds or on a virtual thread; never in here. */
  void start(Thread.Builder.OfVirtual thread, Runnable task) {
    if (ctx.channel().eventLoop() instanceof VirtualLoop loop) {
      loop.start(thread, task);
    } else {
      thread.start(task);
    }
  }

  void write(Object message) {
    ctx.write(message, ctx.voidPromise());
  }

  /** Writes and flushes; from any thread. */
  void send(Object message) {
    ctx.writeAndFlush(message, ctx.voidPromise());
  }

  void flush() {
    ctx.flush();
  }

  void close() {
    ctx.close();
  }

  /** Sends what was written, then ends our side; the client ends its own when it has read. */
  void finish(boolean atOnce) {
    if (isStream()) {
      ctx.flush();
    } else {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(atOnce ? ChannelFutureListener.CLOSE : _ -> halfClose());
    }
  }

  private void halfClose() {
    boolean plain = channel().pipeline().get(SslHandler.class) == null;
    if (plain && channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      duplex.shutdownOutput();
    } else {
      ctx.close();
    }
  }

  /** Reads from the client, or lets it wait. */
  void read(boolean on) {
    if (channel().config().isAutoRead() != on) {
      channel().config().setAutoRead(on);
    }
  }

  boolean isWritable() {
    return channel().isWritable();
  }
}
