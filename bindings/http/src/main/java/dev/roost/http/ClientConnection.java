package dev.roost.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one client, or one stream of HTTP/2: what Netty tells of it, in the order in
 * which it came. What a client sends ahead of its turn waits here, and when too much waits the
 * connection is not read. Runs on the connection's event loop.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Pulse.Beating {
  private static final int READ_AHEAD = 2;

  private final HttpServer server;
  private final ArrayDeque<HttpObject> ahead = new ArrayDeque<>();
  private @Nullable Conversation opened;
  private boolean inputEnded;
  private boolean taking;
  private boolean upgradeTried;

  ClientConnection(HttpServer server) {
    this.server = server;
  }

  private Conversation conversation() {
    if (opened == null) {
      throw new IllegalStateException("not connected");
    }
    return opened;
  }

  private Wire wire() {
    return conversation().wire();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    opened = new Conversation(this, new Wire(ctx), server);
    server.opened(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    server.closed(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    server.closed(this);
    dropAhead();
    conversation().closed();
  }

  /** Bytes came in, whole messages or not. */
  void bytesArrived() {
    conversation().bytesArrived();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (part instanceof FullHttpRequest whole) {
      addInParts(whole);
    } else {
      ahead.add(part);
    }
    takeAhead();
    if (ahead.size() > READ_AHEAD) {
      wire().read(false);
    }
  }

  /**
   * A request that came as one, as in HTTP/2 without a body: its body must wait while it is decided
   * who may call, as it does in HTTP/1.
   */
  private void addInParts(FullHttpRequest whole) {
    Http2.removeNotes(whole.headers());
    HttpRequest head =
        new DefaultHttpRequest(
            whole.protocolVersion(), whole.method(), whole.uri(), whole.headers());
    head.setDecoderResult(whole.decoderResult());
    ahead.add(head);
    ahead.add(new DefaultLastHttpContent(whole.content()));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    wire().flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (wire().isWritable()) {
      conversation().writable();
      resume();
    }
  }

  /** Takes what came ahead, as far as it may be taken; never inside of itself. */
  private void takeAhead() {
    if (taking) {
      return;
    }
    taking = true;
    while (!ahead.isEmpty() && !isBusy()) {
      take(ahead.removeFirst());
    }
    taking = false;
  }

  private boolean isBusy() {
    return conversation().isBusy() || !wire().isWritable();
  }

  /** Something has ended outside of a read: go on with what came ahead, and read again. */
  void resume() {
    if (taking) {
      return;
    }
    takeAhead();
    wire().flush();
    if (ahead.isEmpty() && !conversation().isStreaming()) {
      wire().read(true);
      closeIfDeserted();
    }
  }

  private void closeIfDeserted() {
    if (inputEnded && ahead.isEmpty() && !isBusy()) {
      wire().close();
    }
  }

  private void dropAhead() {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
  }

  /** True when nothing came ahead. */
  boolean isNothingAhead() {
    return ahead.isEmpty();
  }

  /** True when the client has ended its side. */
  boolean isInputEnded() {
    return inputEnded;
  }

  private void take(HttpObject part) {
    try {
      if (part instanceof HttpRequest request
          && request.decoderResult().isSuccess()
          && turnsToHttp2(request)) {
        return;
      }
      conversation().take(part);
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private boolean turnsToHttp2(HttpRequest request) {
    if (wire().isStream() || conversation().isOver()) {
      return false;
    }
    if (Http2.isPreface(request) && !upgradeTried) {
      Http2.start(wire().ctx(), server);
      return true;
    }
    if (request.headers().contains(HttpHeaderNames.UPGRADE)
        && !upgradeTried
        && !server.isSecure()
        && Http2.isUpgrade(request)
        && Incoming.of(request).declared == 0) {
      upgradeTried = true;
      Http2.upgrade(wire().ctx(), server, request);
      return true;
    }
    upgradeTried = true;
    return false;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      conversation().deserted();
      closeIfDeserted();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean theirs =
        cause instanceof IOException
            || cause instanceof DecoderException
            || cause instanceof Http2Exception;
    HttpServer.LOG.log(
        theirs ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
        "A connection was closed after",
        cause);
    wire().close();
  }

  @Override
  public void beat(int now) {
    conversation().beat(now);
  }

  @Override
  public void closeWhenAnswered() {
    wire().onLoop(conversation()::closeWhenAnswered);
  }
}
