package dev.roost.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client that sends exactly the bytes it is told to, one char a byte. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What came back. */
  record Response(int status, String version, List<String> headers, String body) {
    List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .toList();
    }

    Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }
  }

  RawClient send(String bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException _) {
      // the server may answer and close before it has read everything
    }
    return this;
  }

  RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads one response to a request that was not HEAD. */
  Response read() throws IOException {
    return read(false);
  }

  Response read(boolean head) throws IOException {
    String[] start = line().split(" ", 3);
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    int status = Integer.parseInt(start[1]);
    Response response = new Response(status, start[0], headers, "");
    String body = head || status < 200 || status == 204 || status == 304 ? "" : body(response);
    return new Response(status, start[0], headers, body);
  }

  private String body(Response response) throws IOException {
    if (response.first("transfer-encoding").isPresent()) {
      StringBuilder body = new StringBuilder();
      while (true) {
        int length = Integer.parseInt(line(), 16);
        body.append(text(length));
        line();
        if (length == 0) {
          return body.toString();
        }
      }
    }
    Optional<String> length = response.first("content-length");
    return length.isPresent()
        ? text(Integer.parseInt(length.get()))
        : new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("body ended after " + bytes.length + " of " + length);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A frame of HTTP/2. */
  record Frame(int type, int stream, byte[] payload) {}

  Frame frame() throws IOException {
    byte[] head = in.readNBytes(9);
    if (head.length < 9) {
      throw new EOFException("closed");
    }
    int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
    return new Frame(head[3], head[8], in.readNBytes(length));
  }

  /** Reads one line without its end. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed after '" + line + "'");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Everything up to the end. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** True when something can be read, be it the end. */
  boolean hasAnswer() throws IOException {
    socket.setSoTimeout(50);
    in.mark(1);
    try {
      in.read();
      in.reset();
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } finally {
      socket.setSoTimeout(20_000);
    }
  }

  /** Waits until the server ends its side; what it sent meanwhile is dropped. */
  boolean isClosedByServer() throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
