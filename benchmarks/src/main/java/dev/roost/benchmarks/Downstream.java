package dev.roost.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** An HTTP service with so many places, each of which takes 50 ms; others wait in line. */
final class Downstream implements AutoCloseable {
  private static final int MILLIS = 50;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Downstream(HttpServer server, int places) {
    this.server = server;
    Semaphore free = new Semaphore(places, true);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            free.acquire();
            try {
              Thread.sleep(MILLIS);
            } finally {
              free.release();
            }
            exchange.sendResponseHeaders(200, -1);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  static Downstream start(int places) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Downstream downstream = new Downstream(HttpServer.create(any, 0), places);
    downstream.server.start();
    return downstream;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
