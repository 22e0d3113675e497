package dev.roost.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What the framing of the current request says: how long its body is, and whether another request
 * may follow on the connection.
 */
final class Incoming {
  /** The declared length of a body in chunks. */
  static final long CHUNKED = Long.MAX_VALUE;

  private static final long DRAINABLE = 64 * 1024;

  final boolean http10;
  final long declared;
  final boolean continueExpected;
  boolean keepAlive;
  boolean bodyComplete;
  boolean continued;

  private Incoming(boolean http10, long declared, boolean continueExpected, boolean keepAlive) {
    this.http10 = http10;
    this.declared = declared;
    this.continueExpected = continueExpected;
    this.keepAlive = keepAlive;
  }

  /** A request that was checked. */
  static Incoming of(HttpRequest request) {
    boolean http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    return new Incoming(
        http10,
        request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
            ? CHUNKED
            : HttpUtil.getContentLength(request, 0L),
        !http10 && request.headers().contains(HttpHeaderNames.EXPECT),
        HttpUtil.isKeepAlive(request));
  }

  /** Something that could not be read as a request: nothing can follow it. */
  static Incoming unread() {
    return new Incoming(false, 0, false, false);
  }

  /** The connection can't go on when the rest of a body is long, or may never come. */
  void decideKeepAlive(boolean serverCloses) {
    boolean restIsCheap = declared <= DRAINABLE && (continued || !continueExpected);
    keepAlive &= !serverCloses && (bodyComplete || restIsCheap);
  }
}
