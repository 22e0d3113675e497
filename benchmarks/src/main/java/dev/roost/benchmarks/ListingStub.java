package dev.roost.benchmarks;

import com.azure.storage.blob.models.BlockBlobItem;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Stands before Azurite's blobs and answers the listings of one container itself: so many old blobs
 * that are not there, in pages of 5,000, and those it was told of. Everything else goes through.
 * For containers that Azurite takes too long to fill and to list.
 */
final class ListingStub implements AutoCloseable {
  private static final int PAGE = 5_000;
  private static final Set<String> HOP_BY_HOP =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String azurite;
  private final String container;
  private final List<String> pages = new ArrayList<>();
  private final Map<String, String> added = new ConcurrentHashMap<>();

  /**
   * @param port of Azurite's blobs
   * @param container the one whose listings it answers
   * @param blobs how many old ones it pretends to have
   */
  ListingStub(int port, String container, int blobs) throws IOException {
    this.azurite = "http://127.0.0.1:" + port;
    this.container = container;
    for (int from = 0; from < blobs; from += PAGE) {
      StringBuilder page = new StringBuilder();
      for (int i = from; i < Math.min(blobs, from + PAGE); i++) {
        page.append(entry("%06d.bin".formatted(i), "0x8D00000", "Sun, 22 Nov 2020 12:00:00 GMT"));
      }
      pages.add(page.toString());
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Lists a blob that was written to Azurite. */
  void add(String name, BlockBlobItem written) {
    String time =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            written.getLastModified().withOffsetSameInstant(ZoneOffset.UTC));
    added.put(name, entry(name, written.getETag().replace("\"", ""), time));
  }

  private static String entry(String name, String etag, String time) {
    return """
    <Blob><Name>%s</Name><Properties><Creation-Time>%s</Creation-Time>\
    <Last-Modified>%s</Last-Modified><Etag>%s</Etag><Content-Length>1</Content-Length>\
    <Content-Type>application/octet-stream</Content-Type><BlobType>BlockBlob</BlobType>\
    <LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties></Blob>\
    """
        .formatted(name, time, time, etag);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      if (exchange.getRequestMethod().equals("GET")
          && exchange.getRequestURI().getPath().endsWith("/" + container)
          && query.contains("comp=list")) {
        list(exchange, CannedAnswers.number(query, "marker=page-", 0));
      } else {
        passOn(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void list(HttpExchange exchange, int page) throws IOException {
    boolean last = page >= pages.size();
    String body =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>"
            + (last ? String.join("", added.values()) : pages.get(page))
            + "</Blobs>"
            + (last ? "<NextMarker/>" : "<NextMarker>page-" + (page + 1) + "</NextMarker>")
            + "</EnumerationResults>";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(azurite + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 && !exchange.getRequestMethod().startsWith("P")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!HOP_BY_HOP.contains(name) || (head && name.equals("content-length"))) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    int length = response.body().length;
    exchange.sendResponseHeaders(response.statusCode(), head || length == 0 ? -1 : length);
    if (length > 0) {
      exchange.getResponseBody().write(response.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
