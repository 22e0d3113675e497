package dev.roost.http;

import dev.roost.http.route.RequestPath;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request up to its body, checked on the event loop; the costly rest is decoded on demand, on the
 * thread that runs the function.
 *
 * @param scheme http or https
 * @param authority the host that the client named, with its port
 * @param target path and query as sent
 * @param path decoded
 * @param query as sent, without the question mark
 */
record RequestHead(
    String method,
    String scheme,
    String authority,
    String target,
    RequestPath path,
    String query,
    HttpHeaders headers) {

  /** The whole request. */
  HttpRequest request(Map<String, String> route, Payload body) {
    return new HttpRequest(method, this::uri, headerMap(), Query.parse(query), route, body);
  }

  private URI uri() {
    return URI.create(scheme + "://" + authority + escaped(target));
  }

  /** Escapes what clients send and {@link URI} refuses, such as {@code |} and {@code {}}. */
  private static String escaped(String target) {
    int first = firstIllegal(target);
    if (first == target.length()) {
      return target;
    }
    StringBuilder escaped = new StringBuilder(target.length() + 16).append(target, 0, first);
    for (int i = first; i < target.length(); i++) {
      char c = target.charAt(i);
      if (isIllegal(c)) {
        escaped.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static int firstIllegal(String target) {
    int at = 0;
    while (at < target.length() && !isIllegal(target.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isIllegal(char c) {
    return "\"<>^`{|}[]".indexOf(c) >= 0;
  }

  private Map<String, List<String>> headerMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      String name = lowerCase(header.getKey().toString());
      String value = header.getValue().toString();
      List<String> present = map.putIfAbsent(name, List.of(value));
      if (present != null) {
        List<String> more = new ArrayList<>(present);
        more.add(value);
        map.put(name, more);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static String lowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }
}
