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
import java.util.concurrent.ThreadFactory;

/**
 * How sockets are waited for: Linux's epoll where its library loads, else the JDK's selector; on
 * virtual threads where the JVM has carriers to spare, else on threads of their own.
 */
final class Transport {
  private static final ThreadFactory THREADS = new DefaultThreadFactory("roost-http", true);

  private Transport() {}

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
