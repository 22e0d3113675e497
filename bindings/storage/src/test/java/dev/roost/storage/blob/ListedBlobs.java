package dev.roost.storage.blob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A blob service that answers listings of a container of any size, page by page as Azure does, and
 * keeps nothing: what a sweep needs in memory is its own.
 */
final class ListedBlobs implements AutoCloseable {
  private static final int PAGE = 5_000;
  private static final String PROPERTIES =
      """
      <Properties>\
      <Creation-Time>Thu, 01 Jan 2026 00:00:00 GMT</Creation-Time>\
      <Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified>\
      <Content-Length>1024</Content-Length>\
      <Content-Type>application/json</Content-Type><BlobType>BlockBlob</BlobType>\
      <AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred>\
      <LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>\
      <ServerEncrypted>true</ServerEncrypted><Etag>0x8DC\
      """;
  private static final String END = "</Etag></Properties></Blob>";

  /** Numbers of nine digits, so that the order of names is that of numbers. */
  private static final int BASE = 100_000_000;

  private final HttpServer server;
  private final int blobs;
  final AtomicInteger requests = new AtomicInteger();

  /**
   * @param blobs how many the container has
   */
  ListedBlobs(int blobs) throws IOException {
    this.blobs = blobs;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** For {@code AzureWebJobsStorage}. */
  String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName=stub;AccountKey=c3R1Yg==;BlobEndpoint="
        + "http://127.0.0.1:"
        + server.getAddress().getPort()
        + "/stub;QueueEndpoint=http://127.0.0.1:1/stub;";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      int from = marker(exchange.getRequestURI().getRawQuery());
      int until = Math.min(blobs, from + PAGE);
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody();
          Writer xml = new OutputStreamWriter(body, StandardCharsets.UTF_8)) {
        xml.write("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        for (int i = from; i < until; i++) {
          String number = Integer.toString(BASE + i);
          xml.write("<Blob><Name>in/" + number + ".json</Name>" + PROPERTIES + number + END);
        }
        String next = until < blobs ? Integer.toString(until) : "";
        xml.write("</Blobs><NextMarker>" + next + "</NextMarker></EnumerationResults>");
      }
    }
  }

  private static int marker(String query) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith("marker=")) {
        return Integer.parseInt(
            URLDecoder.decode(pair.substring("marker=".length()), StandardCharsets.UTF_8));
      }
    }
    return 0;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
