package dev.roost.http;

import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Packs text for clients that can unpack it: gzip, when {@code extensions.http.compression} is true
 * and the request accepts it. Runs on the thread that answers, never on an event loop.
 */
final class Compression {
  private static final int WORTHWHILE = 1024;
  private static final Header VARY = new Header("Vary", "Accept-Encoding");
  private static final Header CODING = new Header("Content-Encoding", "gzip");

  private Compression() {}

  /** The response as it is to be sent to this client. */
  static HttpResponse apply(HttpResponse response, RequestHead head) {
    if (!ResponseEncoding.mayHaveBody(response.status()) || !isText(response)) {
      return response;
    }
    boolean accepted = acceptsGzip(head.headers().get(HttpHeaderNames.ACCEPT_ENCODING, ""));
    return switch (response.body()) {
      case Payload.Stream stream ->
          accepted
              ? packed(response, new Payload.Stream(() -> open(stream), -1))
              : with(response, List.of(VARY), stream);
      case Payload.Text _, Payload.Json _, Payload.Bytes _ -> {
        byte[] bytes = ResponseEncoding.bytes(response.body());
        if (bytes.length < WORTHWHILE) {
          yield response;
        }
        yield accepted
            ? packed(response, new Payload.Bytes(gzip(bytes)))
            : with(response, List.of(VARY), response.body());
      }
      default -> response;
    };
  }

  private static InputStream open(Payload.Stream stream) throws IOException {
    return new GzipStream(stream.opener().open());
  }

  private static HttpResponse packed(HttpResponse response, Payload body) {
    List<Header> added = new ArrayList<>(List.of(CODING, VARY));
    if (response.headers().stream().noneMatch(h -> h.name().equalsIgnoreCase("content-type"))) {
      added.add(new Header("Content-Type", "text/plain; charset=utf-8"));
    }
    return with(response, added, body);
  }

  private static HttpResponse with(HttpResponse response, List<Header> added, Payload body) {
    List<Header> headers = new ArrayList<>(response.headers());
    headers.addAll(added);
    return new HttpResponse(response.status(), headers, body);
  }

  /** Text has a type that says so, or none and is not bytes; nothing that is packed already. */
  private static boolean isText(HttpResponse response) {
    boolean text =
        response.body() instanceof Payload.Text || response.body() instanceof Payload.Json;
    for (Header header : response.headers()) {
      if (header.name().equalsIgnoreCase("content-encoding")) {
        return false;
      }
      if (header.name().equalsIgnoreCase("content-type")) {
        String type = header.value().toLowerCase(Locale.ROOT);
        text =
            type.startsWith("text/")
                || type.contains("json")
                || type.contains("xml")
                || type.contains("javascript");
      }
    }
    return text;
  }

  /** Reads {@code Accept-Encoding}: gzip or a star, with a weight above zero. */
  static boolean acceptsGzip(String accept) {
    boolean any = false;
    for (String item : accept.split(",", -1)) {
      String[] parts = item.split(";", -1);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      boolean wanted = parts.length < 2 || !parts[1].strip().matches("q=0(\\.0{0,3})?");
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return packed.toByteArray();
  }
}
