package dev.roost.http;

import dev.roost.http.RequestReader.Read;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one client. It takes one request at a time, so answers leave in the order in
 * which the requests came; what a client sends ahead waits, and when too much waits the connection
 * is not read. Everything here runs on the connection's event loop unless it says otherwise.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final int READ_AHEAD = 2;
  private static final HttpResponse TOO_LARGE = HttpResponse.of(413);
  private static final HttpResponse TIMED_OUT = HttpResponse.of(408);
  private static final HttpResponse EXPECTATION_FAILED = HttpResponse.of(417);

  private final HttpServer server;
  private final ArrayDeque<HttpObject> ahead = new ArrayDeque<>();
  private final Patience patience = new Patience();
  private final StreamGate gate = new StreamGate();
  private @Nullable Wire connected;
  private @Nullable Incoming incoming;
  private @Nullable Exchange current;
  private @Nullable BodyBuffer body;
  private volatile Phase phase = Phase.HEAD;
  private boolean inputEnded;
  private boolean taking;

  ClientConnection(HttpServer server) {
    this.server = server;
  }

  /** What the connection waits for. */
  enum Phase {
    /** A request. */
    HEAD,
    /** The decision whether and to whom a request goes. */
    ADMISSION,
    /** The body. */
    BODY,
    /** The answer. */
    ANSWER,
    /** The rest of a body that nobody wants; the answer was sent. */
    REST,
    /** The client, to take the last answer and close. */
    LINGER
  }

  private Wire wire() {
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    return connected;
  }

  private Incoming incoming() {
    if (incoming == null) {
      throw new IllegalStateException("no request");
    }
    return incoming;
  }

  /** Runs on the event loop, later or now; from any thread. */
  void onLoop(Runnable task) {
    if (wire().ctx().executor().inEventLoop()) {
      task.run();
    } else {
      wire().ctx().executor().execute(task);
    }
  }

  /** From any thread. */
  boolean isOpen() {
    return wire().channel().isActive();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    connected = new Wire(ctx);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    server.opened(this, ctx.channel());
    patience.restart(server.pulse().now());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    server.closed(this);
    gate.signal();
    dropAhead();
  }

  /** Bytes came in, whole messages or not. */
  void bytesArrived() {
    if (phase == Phase.HEAD) {
      patience.begin(server.pulse().now());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ahead.add((HttpObject) message);
    takeAhead();
    if (ahead.size() > READ_AHEAD) {
      wire().read(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    wire().flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (wire().isWritable()) {
      gate.signal();
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
    return phase == Phase.ADMISSION || phase == Phase.ANSWER || !wire().isWritable();
  }

  /** Something has ended outside of a read: go on with what came ahead, and read again. */
  private void resume() {
    if (taking) {
      return;
    }
    takeAhead();
    wire().flush();
    if (ahead.isEmpty()) {
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

  private void take(HttpObject part) {
    try {
      if (phase == Phase.LINGER) {
        return;
      }
      if (part instanceof HttpRequest request) {
        begin(request);
      } else if (part instanceof HttpContent content) {
        content(content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(HttpRequest request) {
    patience.restart(server.pulse().now());
    if (request.decoderResult().isFailure()) {
      refuse(RequestReader.undecodable(request.decoderResult()));
      return;
    }
    switch (RequestReader.read(request, server.isSecure(), server.authority())) {
      case Read.Bad(HttpResponse response) -> refuse(response);
      case Read.Good(RequestHead head) -> {
        incoming = Incoming.of(request);
        Exchange exchange = new Exchange(this, server, head);
        current = exchange;
        phase = Phase.ADMISSION;
        exchange.admit();
      }
    }
  }

  /** Answers a request that never became an exchange; the connection ends with it. */
  private void refuse(HttpResponse response) {
    incoming = Incoming.unread();
    wire().write(ResponseEncoding.full(response, frame(false)));
    linger();
  }

  /** Tells that the exchange is admitted and wants its body. */
  void takeBody(Exchange exchange, long limit) {
    if (exchange != current || phase != Phase.ADMISSION) {
      return;
    }
    Incoming request = incoming();
    if (request.declared != Incoming.CHUNKED && request.declared > limit) {
      exchange.answer(TOO_LARGE);
      return;
    }
    if (request.continueExpected) {
      String expected = exchange.head().headers().get(HttpHeaderNames.EXPECT);
      if (!"100-continue".equalsIgnoreCase(expected)) {
        exchange.answer(EXPECTATION_FAILED);
        return;
      }
      request.continued = true;
      wire()
          .write(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      wire().flush();
    }
    body = new BodyBuffer(limit);
    phase = Phase.BODY;
    patience.restart(server.pulse().now());
    resume();
  }

  private void content(HttpContent content) {
    Exchange exchange = current;
    BodyBuffer buffer = body;
    if (content.decoderResult().isFailure()) {
      incoming().keepAlive = false;
      if (phase == Phase.BODY && exchange != null) {
        exchange.answer(RequestReader.BAD_REQUEST);
      } else {
        wire().close();
      }
      return;
    }
    boolean last = content instanceof LastHttpContent;
    incoming().bodyComplete |= last;
    if (phase == Phase.BODY && exchange != null && buffer != null) {
      if (!buffer.append(content.content())) {
        exchange.answer(TOO_LARGE);
        return;
      }
      patience.arrived(buffer.length());
      if (last) {
        phase = Phase.ANSWER;
        body = null;
        exchange.dispatch(buffer.payload());
      }
    } else if (phase == Phase.REST && last) {
      finish();
    }
  }

  /** Sends the answer of an exchange; from any thread, blocks it while a stream is sent. */
  void send(Exchange exchange, HttpResponse response) {
    if (response.body() instanceof Payload.Stream stream) {
      new StreamedResponse(wire(), gate)
          .send(
              stream,
              !isHead(exchange) && ResponseEncoding.mayHaveBody(response.status()),
              length -> onLoop(() -> writeHead(exchange, response, length)),
              complete -> onLoop(() -> end(exchange, complete)));
    } else {
      onLoop(() -> write(exchange, response));
    }
  }

  private void write(Exchange exchange, HttpResponse response) {
    if (exchange == current && isOpen()) {
      incoming().decideKeepAlive(server.isClosing());
      wire().write(ResponseEncoding.full(response, frame(isHead(exchange))));
      afterResponse();
    }
  }

  private void writeHead(Exchange exchange, HttpResponse response, long length) {
    if (exchange == current) {
      incoming().decideKeepAlive(server.isClosing());
      incoming().keepAlive &= length >= 0 || !incoming().http10;
      wire().write(ResponseEncoding.streamed(response, length, frame(isHead(exchange))));
      wire().flush();
    }
  }

  private void end(Exchange exchange, boolean complete) {
    if (exchange != current) {
      return;
    }
    if (complete) {
      wire().write(LastHttpContent.EMPTY_LAST_CONTENT);
      afterResponse();
    } else {
      wire().close();
    }
  }

  private ResponseEncoding.Frame frame(boolean head) {
    return new ResponseEncoding.Frame(
        head,
        incoming().http10,
        incoming().keepAlive,
        server.pulse().date(),
        server.extraHeaders(current));
  }

  private static boolean isHead(Exchange exchange) {
    return exchange.head().method().equals("HEAD");
  }

  private void afterResponse() {
    body = null;
    if (!incoming().keepAlive) {
      linger();
    } else if (incoming().bodyComplete) {
      finish();
    } else {
      phase = Phase.REST;
      patience.restart(server.pulse().now());
      resume();
    }
  }

  private void finish() {
    current = null;
    phase = Phase.HEAD;
    patience.restart(server.pulse().now());
    resume();
  }

  /** Closes so that the client can still read the answer: a reset would take it away. */
  private void linger() {
    boolean clean = incoming().bodyComplete && ahead.isEmpty();
    current = null;
    phase = Phase.LINGER;
    patience.restart(server.pulse().now());
    wire().finish(clean || inputEnded);
    if (!taking) {
      dropAhead();
    }
    wire().read(true);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      closeIfDeserted();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      HttpServer.LOG.log(System.Logger.Level.WARNING, "A connection was closed after", cause);
    }
    wire().close();
  }

  /** Closes when overdue; from any thread. */
  void beat(int now) {
    if (patience.isOver(phase, now)) {
      onLoop(() -> overdue(now));
    }
  }

  /** The server ends: closes at once, or with the answer that is under way. */
  void closeWhenAnswered() {
    if (phase == Phase.HEAD || phase == Phase.LINGER) {
      wire().finish(true);
    }
  }

  private void overdue(int now) {
    if (!patience.isOver(phase, now)) {
      return;
    }
    Exchange exchange = current;
    if (phase == Phase.BODY && exchange != null) {
      incoming().keepAlive = false;
      exchange.answer(TIMED_OUT);
    } else if (phase == Phase.HEAD && patience.hasBegun()) {
      refuse(TIMED_OUT);
    } else {
      wire().close();
    }
  }
}
