package dev.roost.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A storage account that costs next to nothing: one thread, canned answers, no state but counters.
 * It has the messages that it is told to have ({@code /control/load}, {@code /control/add}), and
 * counts what is deleted ({@code /control/figures}: deleted, nanoseconds from the first message
 * handed out to the last deleted, requests of all kinds). Not an emulator: nothing is checked, and
 * no message comes twice.
 */
public final class StubStorage {
  private static final int LARGEST_REQUEST = 64 * 1024;

  private final CannedAnswers answers = new CannedAnswers();
  private long waiting;
  private long loaded;
  private long deleted;
  private long requests;
  private long firstAt;
  private long lastAt;

  private StubStorage() {}

  /**
   * Serves on these ports of 127.0.0.1, or on a free one, and prints the first, until its standard
   * input ends.
   */
  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().start(StubStorage::endWithInput);
    new StubStorage()
        .serve(
            args.length == 0
                ? new int[1]
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray());
  }

  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input: " + e.getMessage());
    }
    System.exit(0);
  }

  private void serve(int... ports) throws IOException {
    try (Selector selector = Selector.open()) {
      List<ServerSocketChannel> servers = new ArrayList<>();
      for (int port : ports) {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        servers.add(server);
      }
      System.out.println(servers.getFirst().socket().getLocalPort());
      while (true) {
        selector.select(key -> {
          try {
            ready(key, selector);
          } catch (IOException e) {
            key.cancel();
          }
        });
      }
    }
  }

  private void ready(SelectionKey key, Selector selector) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST_REQUEST));
      return;
    }
    SocketChannel client = (SocketChannel) key.channel();
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    if (client.read(buffer) < 0) {
      client.close();
      return;
    }
    int end = headEnd(buffer);
    while (end >= 0) {
      String head = StandardCharsets.ISO_8859_1.decode(buffer.slice(0, end)).toString();
      int length = bodyLength(head);
      if (buffer.position() < end + length) {
        return;
      }
      buffer.flip().position(end + length);
      buffer.compact();
      ByteBuffer answer = answer(head).duplicate();
      while (answer.hasRemaining()) {
        client.write(answer);
      }
      end = headEnd(buffer);
    }
  }

  private ByteBuffer answer(String head) {
    int method = head.indexOf(' ');
    String target = head.substring(method + 1, head.indexOf(' ', method + 1));
    if (target.startsWith("/control/")) {
      return control(target);
    }
    requests++;
    return switch (head.substring(0, method)) {
      case "GET" -> target.contains("/messages?") ? receive(target) : CannedAnswers.NOT_FOUND;
      case "DELETE" -> delete();
      case "PUT" -> target.contains("/messages/") ? CannedAnswers.RENEWED : CannedAnswers.CREATED;
      default -> CannedAnswers.NOT_FOUND;
    };
  }

  private ByteBuffer receive(String target) {
    int asked = CannedAnswers.number(target, "numofmessages=", 1);
    int given = (int) Math.min(waiting, asked);
    if (given > 0 && waiting == loaded) {
      firstAt = System.nanoTime();
    }
    waiting -= given;
    return answers.messages(given);
  }

  private ByteBuffer delete() {
    deleted++;
    lastAt = System.nanoTime();
    return CannedAnswers.DELETED;
  }

  private ByteBuffer control(String target) {
    if (target.startsWith("/control/load")) {
      loaded = CannedAnswers.number(target, "messages=", 0);
      waiting = loaded;
      deleted = 0;
      requests = 0;
    }
    if (target.startsWith("/control/add")) {
      int more = CannedAnswers.number(target, "messages=", 0);
      loaded += more;
      waiting += more;
    }
    return CannedAnswers.text("%d %d %d".formatted(deleted, lastAt - firstAt, requests));
  }

  /** Where the first request's head ends in the buffer; -1 when it is not whole. */
  private static int headEnd(ByteBuffer buffer) {
    for (int i = 3; i < buffer.position(); i++) {
      if (buffer.get(i) == '\n' && buffer.get(i - 1) == '\r' && buffer.get(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int bodyLength(String head) {
    return head.startsWith("PUT") || head.startsWith("POST")
        ? CannedAnswers.number(head.toLowerCase(Locale.ROOT), "content-length: ", 0)
        : 0;
  }
}
