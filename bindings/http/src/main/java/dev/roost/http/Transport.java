package dev.roost.http;

import dev.roost.spi.Waiter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.ThreadFactory;

/**
 * How sockets are waited for: Linux's epoll where its library loads, else the JDK's selector; on
 * virtual threads where the JVM has carriers to spare, else on threads of their own.
 */
final class Transport {
  private static final ThreadFactory THREADS = new DefaultThreadFactory("roost-http", true);

  /** Whether Netty tells the flight recorder of its buffers. */
  private static final String FLIGHT_RECORDER = "io.netty.jfr.enabled";

  private Transport() {}

  /**
   * Initialises Netty. Without its events for the flight recorder, which it would make ready with
   * the first request at the cost of a whole module of the JDK; who wants them sets the property.
   */
  static void prepare() {
    if (System.getProperty(FLIGHT_RECORDER) == null) {
      System.setProperty(FLIGHT_RECORDER, "false");
    }
    boolean direct = PlatformDependent.directBufferPreferred();
    HttpServer.LOG.log(System.Logger.Level.DEBUG, "Netty prefers direct buffers: {0}", direct);
  }

  static EventLoopGroup loops(Waiter waiter) {
    IoHandlerFactory sockets =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    HttpServer.LOG.log(
        System.Logger.Level.DEBUG,
        "Sockets are waited for with {0}",
        Epoll.isAvailable() ? "epoll" : "the selector of the JDK");
    int processors = Runtime.getRuntime().availableProcessors();
    int carriers = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", processors);
    int loops = Math.max(1, processors / 2);
    return carriers > loops
        ? new VirtualLoops(loops, sockets, waiter)
        : new MultiThreadIoEventLoopGroup(processors, THREADS, sockets);
  }

  static Class<? extends ServerSocketChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }
}
