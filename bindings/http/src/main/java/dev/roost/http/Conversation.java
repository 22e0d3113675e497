package dev.roost.http;

import dev.roost.http.RequestReader.Read;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one connection, one at a time, so that answers leave in the order in which the
 * requests came: whose turn it is, what is waited for, and for how long. Everything runs on the
 * connection's event loop unless it says otherwise.
 */
final class Conversation {
  private static final HttpResponse TOO_LARGE = HttpResponse.of(413);
  private static final HttpResponse NO_ROOM = HttpResponse.of(503);
  private static final HttpResponse TIMED_OUT = HttpResponse.of(408);
  private static final HttpResponse EXPECTATION_FAILED = HttpResponse.of(417);

  private final ClientConnection connection;
  private final Wire wire;
  private final HttpServer server;
  private final Patience patience = new Patience();
  private final StreamGate gate = new StreamGate();
  private @Nullable Incoming incoming;
  private @Nullable Exchange current;
  private @Nullable Intake intake;
  private volatile Phase phase = Phase.HEAD;

  Conversation(ClientConnection connection, Wire wire, HttpServer server) {
    this.connection = connection;
    this.wire = wire;
    this.server = server;
    patience.restart(server.pulse().now());
  }

  Wire wire() {
    return wire;
  }

  private Incoming incoming() {
    if (incoming == null) {
      throw new IllegalStateException("no request");
    }
    return incoming;
  }

  /** From any thread. */
  boolean isOpen() {
    return wire.channel().isActive();
  }

  /** True while nothing more can be taken from the client. */
  boolean isBusy() {
    return phase == Phase.ADMISSION || phase == Phase.ANSWER;
  }

  /** True while a function reads the body. */
  boolean isStreaming() {
    return phase == Phase.STREAM;
  }

  /** True when the last answer was given. */
  boolean isOver() {
    return phase == Phase.LINGER;
  }

  void bytesArrived() {
    if (phase == Phase.HEAD) {
      patience.begin(server.pulse().now());
    }
  }

  /** The client takes more. */
  void writable() {
    gate.signal();
  }

  /** The connection is closed. */
  void closed() {
    gate.signal();
    deserted();
    releaseBody();
  }

  /** The client sends nothing more. */
  void deserted() {
    if (intake != null) {
      intake.fail("The client closed the connection");
    }
    if (current != null) {
      current.deserted();
    }
  }

  /** Takes a part of a request; the caller releases it. */
  void take(HttpObject part) {
    if (phase == Phase.LINGER) {
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(request);
    }
    if (part instanceof HttpContent content && phase != Phase.LINGER && incoming != null) {
      content(content);
    }
  }

  private void begin(HttpRequest request) {
    patience.restart(server.pulse().now());
    if (request.decoderResult().isFailure()) {
      refuse(RequestReader.undecodable(request.decoderResult()));
      return;
    }
    if (wire.isStream()) {
      Http2.removeNotes(request.headers());
    }
    switch (RequestReader.read(request, server.isSecure(), server.authority())) {
      case Read.Bad(HttpResponse response) -> refuse(response);
      case Read.Good(RequestHead head) -> {
        incoming = Incoming.of(request);
        Exchange exchange = new Exchange(this, server, head);
        current = exchange;
        phase = Phase.ADMISSION;
        if (connection.isInputEnded()) {
          exchange.deserted();
        }
        exchange.admit();
      }
    }
  }

  /** Answers a request that never became an exchange; the connection ends with it. */
  private void refuse(HttpResponse response) {
    incoming = Incoming.unread();
    wire.write(
        ResponseEncoding.full(response, ResponseEncoding.bytes(response.body()), frame(false)));
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
      wire.write(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      wire.flush();
    }
    patience.restart(server.pulse().now());
    if (exchange.streams() && request.declared != 0) {
      BodyPipe pipe = stream(limit);
      exchange.dispatch(
          new Payload.Stream(
              () -> pipe, request.declared == Incoming.CHUNKED ? -1 : request.declared));
    } else if (Spool.applies(exchange.head(), request.declared)) {
      exchange.spool(stream(limit));
    } else {
      intake = new BodyBuffer(limit, server.budget());
      phase = Phase.BODY;
    }
    connection.resume();
  }

  /** From here on the body is read by another thread while it arrives. */
  private BodyPipe stream(long limit) {
    BodyPipe pipe = new BodyPipe(() -> wire.onLoop(this::readOn));
    intake = new StreamIntake(limit, pipe);
    phase = Phase.STREAM;
    return pipe;
  }

  /** The function has caught up with the client. */
  private void readOn() {
    patience.resume(server.pulse().now());
    wire.read(true);
  }

  private void content(HttpContent content) {
    Exchange exchange = current;
    Intake body = intake;
    boolean last = content instanceof LastHttpContent;
    if (content.decoderResult().isFailure()) {
      broken();
      return;
    }
    incoming().bodyComplete |= last;
    if (exchange != null && body != null && (phase == Phase.BODY || phase == Phase.STREAM)) {
      append(exchange, body, content, last);
    } else if (phase == Phase.REST && last) {
      finish();
    }
  }

  private void append(Exchange exchange, Intake body, HttpContent content, boolean last) {
    switch (body.append(content.content())) {
      case TOO_LARGE -> {
        body.fail("The request body is larger than the limit");
        exchange.answer(TOO_LARGE);
        return;
      }
      case NO_ROOM -> {
        exchange.answer(NO_ROOM);
        return;
      }
      case PAUSE -> {
        patience.pause();
        wire.read(false);
      }
      case MORE -> {}
    }
    patience.arrived(body.length());
    if (last) {
      body.end();
      phase = Phase.ANSWER;
      if (body instanceof BodyBuffer buffer) {
        exchange.dispatch(buffer.payload());
      }
    }
  }

  /** The body can't be read as HTTP: nothing can follow. */
  private void broken() {
    Exchange exchange = current;
    incoming().keepAlive = false;
    if (intake != null) {
      intake.fail("The request body is not well formed");
    }
    if (exchange != null && (phase == Phase.BODY || phase == Phase.STREAM)) {
      exchange.answer(RequestReader.BAD_REQUEST);
    } else {
      wire.close();
    }
  }

  private void releaseBody() {
    if (intake != null) {
      intake.release();
      intake = null;
    }
  }

  /** Sends the answer of an exchange; from any thread, blocks it while a stream is sent. */
  void send(Exchange exchange, HttpResponse response) {
    if (response.body() instanceof Payload.Stream stream) {
      new StreamedResponse(wire, gate)
          .send(
              stream,
              !exchange.isHead() && ResponseEncoding.mayHaveBody(response.status()),
              length -> wire.onLoop(() -> writeHead(exchange, response, length)),
              complete -> wire.onLoop(() -> end(exchange, complete)));
    } else {
      byte[] body = ResponseEncoding.bytes(response.body()); // here: the loop serves others
      wire.onLoop(() -> write(exchange, response, body));
    }
  }

  private void write(Exchange exchange, HttpResponse response, byte[] body) {
    if (exchange == current && isOpen()) {
      incoming().decideKeepAlive(server.isClosing());
      wire.write(ResponseEncoding.full(response, body, frame(exchange.isHead())));
      afterResponse();
    }
  }

  private void writeHead(Exchange exchange, HttpResponse response, long length) {
    if (exchange == current) {
      incoming().decideKeepAlive(server.isClosing());
      incoming().keepAlive &= length >= 0 || !incoming().http10;
      wire.write(ResponseEncoding.streamed(response, length, frame(exchange.isHead())));
      wire.flush();
    }
  }

  private void end(Exchange exchange, boolean complete) {
    if (exchange != current) {
      return;
    }
    if (complete) {
      wire.write(LastHttpContent.EMPTY_LAST_CONTENT);
      afterResponse();
    } else {
      wire.close();
    }
  }

  private ResponseEncoding.Frame frame(boolean head) {
    return new ResponseEncoding.Frame(
        head,
        incoming().http10,
        incoming().keepAlive,
        server.pulse().date(),
        server.headers(current));
  }

  private void afterResponse() {
    releaseBody();
    if (!incoming().keepAlive) {
      linger();
    } else if (incoming().bodyComplete) {
      finish();
    } else {
      phase = Phase.REST;
      patience.restart(server.pulse().now());
      connection.resume();
    }
  }

  private void finish() {
    current = null;
    phase = Phase.HEAD;
    patience.restart(server.pulse().now());
    connection.resume();
  }

  /** Closes so that the client can still read the answer: a reset would take it away. */
  private void linger() {
    boolean clean = incoming().bodyComplete && connection.isNothingAhead();
    current = null;
    phase = Phase.LINGER;
    patience.restart(server.pulse().now());
    wire.finish(clean || connection.isInputEnded());
    wire.read(true);
  }

  private void overdue(int now) {
    if (!patience.isOver(phase, now)) {
      return;
    }
    Exchange exchange = current;
    if ((phase == Phase.BODY || phase == Phase.STREAM) && exchange != null) {
      incoming().keepAlive = false;
      exchange.answer(TIMED_OUT);
    } else if (phase == Phase.HEAD && patience.hasBegun()) {
      refuse(TIMED_OUT);
    } else {
      wire.close();
    }
  }

  /** Closes when overdue; from any thread. */
  void beat(int now) {
    if (patience.isOver(phase, now)) {
      wire.onLoop(() -> overdue(now));
    }
  }

  /** The server ends. */
  void closeWhenAnswered() {
    if (phase == Phase.HEAD || phase == Phase.LINGER) {
      wire.finish(true);
    }
  }
}
