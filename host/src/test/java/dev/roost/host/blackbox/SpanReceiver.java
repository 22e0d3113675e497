package dev.roost.host.blackbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of spans: takes OTLP over HTTP and keeps what a test wants to know. */
final class SpanReceiver implements AutoCloseable {
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /** One span; attributes as text, {@code service.name} is that of its resource. */
  record Span(
      String name,
      String traceId,
      String spanId,
      String parent,
      int kind,
      int status,
      Map<String, String> attributes) {}

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          read(exchange.getRequestBody().readAllBytes());
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  Optional<Span> named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst();
  }

  private void read(byte[] request) {
    for (Message resource : new Message(request).messages(RESOURCE_SPANS)) {
      for (Message scope : resource.messages(SCOPE_SPANS)) {
        scope.messages(SPANS).forEach(span -> spans.add(span(span)));
      }
    }
  }

  private static Span span(Message span) {
    Map<String, String> attributes = new HashMap<>();
    for (Message attribute : span.messages(9)) {
      Message value = attribute.messages(2).getFirst();
      attributes.put(
          attribute.text(1), value.has(1) ? value.text(1) : String.valueOf(value.number(3)));
    }
    int status = span.has(15) ? (int) span.messages(15).getFirst().number(3) : 0;
    return new Span(
        span.text(5),
        span.hex(1),
        span.hex(2),
        span.hex(4),
        (int) span.number(6),
        status,
        attributes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The fields of one protobuf message, by number; as much of the format as spans need. */
  private static final class Message {
    private final Map<Integer, List<Object>> fields = new HashMap<>();

    Message(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        long key = varint(in);
        Object value =
            switch ((int) key & 7) {
              case 0 -> varint(in);
              case 1 -> in.getLong();
              case 2 -> taken(in, (int) varint(in));
              case 5 -> (long) in.getInt();
              default -> throw new IllegalArgumentException("wire type of key " + key);
            };
        fields.computeIfAbsent((int) (key >>> 3), _ -> new CopyOnWriteArrayList<>()).add(value);
      }
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = in.get();
        value |= (part & 0x7fL) << shift;
        if (part >= 0) {
          return value;
        }
      }
    }

    private static byte[] taken(ByteBuffer in, int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    boolean has(int field) {
      return fields.containsKey(field);
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream()
          .map(bytes -> new Message((byte[]) bytes))
          .toList();
    }

    String text(int field) {
      return new String(bytes(field), StandardCharsets.UTF_8);
    }

    String hex(int field) {
      return HexFormat.of().formatHex(bytes(field));
    }

    long number(int field) {
      return has(field) ? (long) fields.get(field).getFirst() : 0;
    }

    private byte[] bytes(int field) {
      return has(field) ? (byte[]) fields.get(field).getFirst() : new byte[0];
    }
  }
}
