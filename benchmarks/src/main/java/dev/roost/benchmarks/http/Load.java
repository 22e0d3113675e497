package dev.roost.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * A load client on one thread, in a process of its own so that it does not warm the server's JVM:
 * each connection sends its next request when the last answer is complete. Arguments: port, path,
 * bytes of the JSON body (0 for GET), connections, seconds. Prints {@code requests p50 p99 p999}
 * with latencies in microseconds.
 */
public final class Load {
  private static final int BUFFER = 16 * 1024;
  private static final int BUCKETS = 4_000_000 / 5;
  private static final String END = "\r\n\r\n";
  private static final String LENGTH = "content-length: ";
  private static final String LAST_CHUNK = "0\r\n\r\n";

  private final byte[] request;
  private final int[] latencies = new int[BUCKETS];
  private long requests;

  private Load(byte[] request) {
    this.request = request;
  }

  /** Runs the load and prints its line. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    byte[] request = request(port, args[1], Integer.parseInt(args[2]));
    Load load = new Load(request);
    load.run(port, Integer.parseInt(args[3]), (long) (Double.parseDouble(args[4]) * 1e9));
    System.out.printf(
        "%d %d %d %d%n",
        load.requests, load.percentile(0.5), load.percentile(0.99), load.percentile(0.999));
  }

  private static byte[] request(int port, String path, int bodyBytes) {
    String body = bodyBytes == 0 ? "" : body(bodyBytes);
    String head =
        (bodyBytes == 0 ? "GET " : "POST ")
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\n"
            + (bodyBytes == 0
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
            + "\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static String body(int bytes) {
    StringBuilder json = new StringBuilder("{\"id\":\"o-1\",\"customer\":\"Ada\",\"lines\":[");
    for (int i = 0; json.length() < bytes - 50; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"sku\":\"sku-")
          .append(i)
          .append("\",\"count\":")
          .append(i)
          .append(",\"price\":9.5}");
    }
    return json.append("]}").toString();
  }

  private void run(int port, int connections, long nanos) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channels.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection();
        channel.register(selector, SelectionKey.OP_READ, connection);
        connection.send(channel, request);
      }
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        selector.select(100);
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          SelectionKey key = ready.next();
          ready.remove();
          if (key.attachment() instanceof Connection connection
              && key.channel() instanceof SocketChannel channel
              && connection.receive(channel)) {
            count(System.nanoTime() - connection.sentAt);
            connection.send(channel, request);
          }
        }
      }
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private void count(long nanos) {
    requests++;
    latencies[(int) Math.min(BUCKETS - 1, nanos / 5_000)]++;
  }

  private long percentile(double share) {
    long wanted = (long) Math.ceil(requests * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += latencies[i];
      if (seen >= wanted) {
        return i * 5L;
      }
    }
    return BUCKETS * 5L;
  }

  /**
   * One connection: a request out, an answer with a Content-Length or in chunks in. Of the answer
   * it reads the head and counts the rest, so that a long body costs the client no more than a
   * short one.
   */
  private static final class Connection {
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private long sentAt;
    private int head;

    /** Bytes of the whole answer; -1 when it comes in chunks. */
    private int length;

    void send(SocketChannel channel, byte[] request) throws IOException {
      in.clear();
      head = 0;
      sentAt = System.nanoTime();
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        if (channel.write(out) == 0) {
          throw new IOException("the server does not read");
        }
      }
    }

    boolean receive(SocketChannel channel) throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server closed: " + text(0, in.position()));
      }
      if (head == 0 && !readsHead()) {
        return false;
      }
      return length < 0
          ? text(Math.max(head, in.position() - LAST_CHUNK.length()), in.position())
              .equals(LAST_CHUNK)
          : in.position() >= length;
    }

    private boolean readsHead() throws IOException {
      for (int end = END.length(); end <= in.position(); end++) {
        if (in.get(end - 1) == '\n' && text(end - END.length(), end).equals(END)) {
          head = end;
          length = length(text(0, end));
          return true;
        }
      }
      return false;
    }

    private static int length(String text) throws IOException {
      if (!text.startsWith("HTTP/1.1 200")) {
        throw new IOException(text);
      }
      int named = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
      if (named < 0) {
        return -1;
      }
      int start = named + LENGTH.length();
      return text.length()
          + Integer.parseInt(text.substring(start, text.indexOf('\r', start)).strip());
    }

    private String text(int from, int to) {
      return new String(in.array(), from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
