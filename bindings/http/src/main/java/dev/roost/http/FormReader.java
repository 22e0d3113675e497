package dev.roost.http;

import dev.roost.spi.MultipartReader;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Netty's decoder of forms, with bounds; a part beyond 64 KiB goes to a temporary file. */
public final class FormReader implements MultipartReader {
  private static final int MAX_PARTS = 1000;
  private static final int MAX_PART_HEADERS = 16 * 1024;
  private static final int IN_MEMORY = 64 * 1024;
  private static final int PIECE = 8 * 1024;

  /** As RFC 2046 bounds it; in quotes when it has other characters than a token. */
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))\\s*(?:;.*)?");

  /** For ServiceLoader. */
  public FormReader() {}

  @Override
  public Read read(String contentType, InputStream body) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      return new Malformed("is not multipart/form-data with a boundary");
    }
    String value = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    DefaultHttpDataFactory factory = new DefaultHttpDataFactory(IN_MEMORY);
    factory.setDeleteOnExit(false); // it would remember every name until the JVM ends
    HttpPostMultipartRequestDecoder decoder =
        new HttpPostMultipartRequestDecoder(
            factory,
            request("multipart/form-data; boundary=\"" + value + "\""),
            StandardCharsets.UTF_8,
            MAX_PARTS,
            MAX_PART_HEADERS);
    try {
      Tail tail = new Tail(value);
      feed(decoder, body, tail);
      return tail.closes() && decoder.currentPartialHttpData() == null
          ? new Form(parts(decoder))
          : new Malformed("ends before its last boundary");
    } catch (HttpPostRequestDecoder.TooManyFormFieldsException _) {
      return new Malformed("has more than " + MAX_PARTS + " parts");
    } catch (HttpPostRequestDecoder.TooLongFormFieldException _) {
      return new Malformed("has a part whose headers are longer than " + MAX_PART_HEADERS);
    } catch (DecoderException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // What Netty throws at bytes that are no form; a full disk is among it too.
      if (e.getCause() instanceof IOException disk) {
        throw disk;
      }
      return new Malformed("is no well-formed multipart/form-data");
    } finally {
      decoder.destroy();
    }
  }

  private static HttpRequest request(String contentType) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return request;
  }

  private static void feed(HttpPostMultipartRequestDecoder decoder, InputStream body, Tail tail)
      throws IOException {
    for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
      tail.add(piece);
      decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }
    decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private static List<Part> parts(HttpPostMultipartRequestDecoder decoder) throws IOException {
    List<Part> parts = new ArrayList<>();
    boolean complete = false;
    try {
      for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
        parts.add(FormPart.of((HttpData) data));
      }
      complete = true;
      return parts;
    } finally {
      if (!complete) {
        for (Part part : parts) {
          part.close();
        }
      }
    }
  }

  /** The end of a body: Netty does not tell whether a form was cut off between two parts. */
  private static final class Tail {
    private static final int BLANKS = 16;
    private final byte[] closing;
    private byte[] end = {};

    Tail(String boundary) {
      this.closing = ("--" + boundary + "--").getBytes(StandardCharsets.UTF_8);
    }

    void add(byte[] piece) {
      byte[] both = Arrays.copyOf(end, end.length + piece.length);
      System.arraycopy(piece, 0, both, end.length, piece.length);
      end =
          Arrays.copyOfRange(both, Math.max(0, both.length - closing.length - BLANKS), both.length);
    }

    boolean closes() {
      int to = end.length;
      while (to > 0 && (end[to - 1] == '\r' || end[to - 1] == '\n' || end[to - 1] == ' ')) {
        to--;
      }
      int from = to - closing.length;
      return from >= 0 && Arrays.equals(end, from, to, closing, 0, closing.length);
    }
  }

  /** What a browser or a hostile client calls a file, without folders. */
  static Optional<String> fileName(String told) {
    String name = told.substring(Math.max(told.lastIndexOf('/'), told.lastIndexOf('\\')) + 1);
    String plain =
        name.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return plain.isEmpty() || plain.equals(".") || plain.equals("..")
        ? Optional.empty()
        : Optional.of(plain);
  }
}
