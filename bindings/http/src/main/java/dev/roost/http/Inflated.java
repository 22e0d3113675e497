package dev.roost.http;

import dev.roost.spi.HttpResponse;
import dev.roost.spi.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A request body that came in gzip. It is unpacked, up to the same bound as any body, where the
 * official host would hand it over as broken text; bodies that reach the function as bytes there
 * stay packed, because such functions unpack them themselves.
 */
sealed interface Inflated {
  /** What was inside. */
  record Body(Payload payload) implements Inflated {}

  /** The answer when it can't be unpacked. */
  record Refused(HttpResponse response) implements Inflated {}

  /** True when a body of these headers is to be unpacked. */
  static boolean applies(HttpHeaders headers) {
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (coding == null
        || !(coding.strip().equalsIgnoreCase("gzip")
            || coding.strip().equalsIgnoreCase("x-gzip"))) {
      return false;
    }
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").strip().toLowerCase(Locale.ROOT);
    return !type.startsWith("application/octet-stream") && !type.startsWith("multipart/");
  }

  /** Unpacks; takes a while. */
  static Inflated of(byte[] packed, long limit) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes((int) limit);
      return in.read() < 0
          ? new Body(bytes.length == 0 ? Payload.EMPTY : new Payload.Bytes(bytes))
          : new Refused(HttpResponse.of(413));
    } catch (IOException _) {
      return new Refused(RequestReader.BAD_REQUEST);
    }
  }
}
