package dev.roost.http;

import dev.roost.http.route.RequestPath;
import dev.roost.spi.HttpResponse;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the head of a request as RFC 9112 wants it. Pure. */
final class RequestReader {
  static final HttpResponse BAD_REQUEST = HttpResponse.of(400);

  private static final int MAX_HEADER_COUNT = 100;

  private RequestReader() {}

  /** A head that can be served, or the answer to one that can't. */
  sealed interface Read {
    record Good(RequestHead head) implements Read {}

    record Bad(HttpResponse response) implements Read {}
  }

  private static final Read MALFORMED = new Read.Bad(BAD_REQUEST);

  /** The answer when the bytes could not be read as HTTP. */
  static HttpResponse undecodable(DecoderResult result) {
    return switch (result.cause()) {
      case TooLongHttpLineException _ -> HttpResponse.of(414);
      case TooLongHttpHeaderException _ -> HttpResponse.of(431);
      default -> BAD_REQUEST;
    };
  }

  static Read read(HttpRequest message, boolean secure, String localAuthority) {
    HttpVersion version = message.protocolVersion();
    if (!version.protocolName().equals("HTTP")) {
      return MALFORMED;
    }
    if (version.majorVersion() != 1 || version.minorVersion() > 1) {
      return new Read.Bad(HttpResponse.of(505));
    }
    HttpHeaders headers = message.headers();
    if (headers.size() > MAX_HEADER_COUNT) {
      return new Read.Bad(HttpResponse.of(431));
    }
    String method = message.method().name();
    if (!framingIsSound(message, version)) {
      return MALFORMED;
    }
    Optional<String> host = host(headers, version, localAuthority);
    if (host.isEmpty() || method.equals("CONNECT")) {
      return MALFORMED;
    }
    return target(message, method, secure ? "https" : "http", host.get());
  }

  private static Read target(HttpRequest message, String method, String scheme, String host) {
    String target = message.uri();
    String authority = host;
    if (target.equals("*") && method.equals("OPTIONS")) {
      return new Read.Bad(Site.NOT_FOUND);
    }
    if (!target.startsWith("/")) {
      int authorityAt = authorityStart(target);
      if (authorityAt < 0) {
        return MALFORMED;
      }
      int pathAt = pathStart(target, authorityAt);
      authority = target.substring(authorityAt, pathAt);
      target = target.substring(pathAt);
      target = target.startsWith("/") ? target : "/" + target;
    }
    if (!isPlain(target) || authority.isEmpty() || !isAuthority(authority)) {
      return MALFORMED;
    }
    int question = target.indexOf('?');
    String query = question < 0 ? "" : target.substring(question + 1);
    Optional<RequestPath> path =
        RequestPath.parse(question < 0 ? target : target.substring(0, question));
    if (path.isEmpty() || !Query.isWellFormed(query)) {
      return MALFORMED;
    }
    return new Read.Good(
        new RequestHead(method, scheme, authority, target, path.get(), query, message.headers()));
  }

  private static int authorityStart(String target) {
    return target.regionMatches(true, 0, "http://", 0, 7)
        ? 7
        : target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  private static int pathStart(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return target.length();
  }

  private static boolean isPlain(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** One length, or chunks, never both: a proxy in front may choose the other one. */
  private static boolean framingIsSound(HttpRequest message, HttpVersion version) {
    HttpHeaders headers = message.headers();
    if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
      return lengths.isEmpty() || (lengths.size() == 1 && isNumber(lengths.getFirst()));
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return version.minorVersion() == 1
        && codings.size() == 1
        && codings.getFirst().equalsIgnoreCase("chunked")
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 18;
  }

  private static Optional<String> host(
      HttpHeaders headers, HttpVersion version, String localAuthority) {
    String host = headers.get(HttpHeaderNames.HOST);
    if (host == null) {
      return version.minorVersion() == 0 ? Optional.of(localAuthority) : Optional.empty();
    }
    if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      return Optional.empty();
    }
    if (host.isEmpty()) {
      return Optional.of(localAuthority);
    }
    return isAuthority(host) ? Optional.of(host) : Optional.empty();
  }

  /** A host name or address with an optional port; common ones are told without a parser. */
  static boolean isAuthority(String text) {
    boolean common = true;
    int colons = 0;
    for (int i = 0; i < text.length() && common; i++) {
      char c = text.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (c == ':') {
        colons++;
      }
      common = word || (c == ':' && colons == 1 && i > 0 && isPort(text, i + 1));
    }
    if (common) {
      return true;
    }
    try {
      URI uri = new URI("http://" + text + "/");
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() <= 65_535
          && uri.getRawPath().equals("/")
          && text.toLowerCase(Locale.ROOT).startsWith(uri.getHost().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static boolean isPort(String text, int from) {
    int digits = text.length() - from;
    if (digits == 0 || digits > 5) {
      return digits == 0;
    }
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port <= 65_535;
  }
}
