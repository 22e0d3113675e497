package dev.roost.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands before a server with TLS and tells who comes without it at once, as real registries do;
 * the JDK's server lets them wait.
 */
final class TlsDoor implements AutoCloseable {
  private static final int HANDSHAKE = 0x16;
  private static final byte[] NO_TLS =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final int behind;

  /**
   * Opens the door.
   *
   * @param behind the server's port on loopback
   */
  TlsDoor(int behind) throws IOException {
    this.behind = behind;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> let(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void let(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      int first = client.getInputStream().read();
      if (first != HANDSHAKE) {
        client.getOutputStream().write(NO_TLS);
        return;
      }
      server.getOutputStream().write(first);
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException | InterruptedException gone) {
      // The client sees its connection end.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException gone) {
      // The other side sees it too.
    }
  }
}
