package dev.roost.http;

import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns responses into Netty's. Length, date and connection are ours: what the function says of
 * them is dropped, except the length of an answer to HEAD.
 */
final class ResponseEncoding {
  private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");
  private static final AsciiString BINARY = AsciiString.cached("application/octet-stream");

  private ResponseEncoding() {}

  /**
   * What an exchange adds to its response.
   *
   * @param head true when the body must not be sent
   * @param http10 true for a client of HTTP/1.0
   * @param keepAlive false when the connection ends with this response
   * @param date now
   * @param extra headers to add where the response lacks them
   */
  record Frame(boolean head, boolean http10, boolean keepAlive, String date, List<Header> extra) {}

  /** True when its status and headers can be sent. */
  static boolean isValid(HttpResponse response) {
    if (response.status() < 200 || response.status() > 999) {
      return false;
    }
    for (Header header : response.headers()) {
      if (!ResponseHeaders.isValid(header)) {
        return false;
      }
    }
    return true;
  }

  /** A response whose body is at hand, as {@link #bytes} has it. */
  static FullHttpResponse full(HttpResponse response, byte[] bytes, Frame frame) {
    HttpHeaders headers = headers(response, frame);
    if (bytes.length > 0 || !frame.head() || !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      setLength(headers, response.status(), bytes.length);
    }
    ByteBuf content =
        frame.head() || !mayHaveBody(response.status())
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(bytes);
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, status(response), content, headers, EmptyHttpHeaders.INSTANCE);
  }

  /** The head of a response whose body follows; in chunks when its length is negative. */
  static DefaultHttpResponse streamed(HttpResponse response, long length, Frame frame) {
    HttpHeaders headers = headers(response, frame);
    headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    if (length >= 0) {
      setLength(headers, response.status(), length);
    } else if (!frame.http10() && !frame.head() && mayHaveBody(response.status())) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response), headers);
  }

  static boolean mayHaveBody(int status) {
    return status != 204 && status != 304;
  }

  private static HttpResponseStatus status(HttpResponse response) {
    return HttpResponseStatus.valueOf(response.status());
  }

  private static void setLength(HttpHeaders headers, int status, long length) {
    if (mayHaveBody(status)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(length));
    } else if (status == 204) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    }
  }

  /** The bytes of a body that is at hand. */
  static byte[] bytes(Payload body) {
    return switch (body) {
      case Payload.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case Payload.Bytes(byte[] bytes) -> bytes;
      case Payload.Json json -> Json.bytes(json.value());
      default -> new byte[0];
    };
  }

  private static HttpHeaders headers(HttpResponse response, Frame frame) {
    // not validated again: isValid was asked before
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (Header header : response.headers()) {
      if (!isOurs(header.name())) {
        headers.add(header.name(), header.value());
      }
    }
    for (Header header : frame.extra()) {
      if (header.name().equals("Vary") || !headers.contains(header.name())) {
        headers.add(header.name(), header.value());
      }
    }
    if (!headers.contains(HttpHeaderNames.CONTENT_TYPE)) {
      switch (response.body()) {
        case Payload.Text _, Payload.Json _ -> headers.set(HttpHeaderNames.CONTENT_TYPE, TEXT);
        case Payload.Bytes _, Payload.Stream _ -> headers.set(HttpHeaderNames.CONTENT_TYPE, BINARY);
        default -> {}
      }
    }
    if (!headers.contains(HttpHeaderNames.DATE)) {
      headers.set(HttpHeaderNames.DATE, frame.date());
    }
    if (!frame.keepAlive()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (frame.http10()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return headers;
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      case 7 -> name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
      default -> false;
    };
  }
}
