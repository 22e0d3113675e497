package dev.roost.http;

import dev.roost.spi.HttpResponse.Header;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;

/** Which header lines may be sent. */
final class ResponseHeaders {
  private ResponseHeaders() {}

  /** True when the line can't be mistaken for two. */
  static boolean isValid(Header header) {
    return isToken(header.name())
        && HttpHeaderValidationUtil.validateValidHeaderValue(header.value()) < 0;
  }

  /** True for a name of header or method. */
  static boolean isToken(String name) {
    return !name.isEmpty() && HttpHeaderValidationUtil.validateToken(name) < 0;
  }
}
