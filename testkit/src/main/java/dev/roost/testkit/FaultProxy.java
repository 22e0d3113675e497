package dev.roost.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a service on this machine that can be cut: bytes are then neither
 * delivered nor refused, on open connections and on new ones, as behind a firewall that drops. When
 * it heals, what was held back arrives late, as TCP would send it again.
 */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean cut;

  private FaultProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A proxy on a free port of 127.0.0.1 for a service on another. */
  public static FaultProxy to(int target) throws IOException {
    FaultProxy proxy =
        new FaultProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
    return proxy;
  }

  /** Where clients connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** Delivers nothing from now on, in neither direction. */
  public synchronized void cut() {
    cut = true;
  }

  /** Delivers again, what was held back first. */
  public synchronized void heal() {
    cut = false;
    notifyAll();
  }

  private synchronized void awaitWhole() throws InterruptedException {
    while (cut) {
      wait();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        // Closed, or a client that was gone before it was accepted.
      }
    }
  }

  private void connect(Socket client) {
    try {
      awaitWhole();
      Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(service);
      service.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(service, client));
      pump(client, service);
    } catch (IOException e) {
      close(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8_192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitWhole();
        out.write(buffer, 0, read);
        out.flush();
      }
      awaitWhole(); // an end of the stream is not delivered either
    } catch (IOException _) {
      // One side is gone: the other is told by the end of its stream.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    heal();
    sockets.forEach(this::close);
  }
}
