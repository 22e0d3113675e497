package dev.roost.http;

import dev.roost.spi.Waiter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;

/**
 * Event loops on virtual threads. A loop that waits holds its carrier, so there must be more
 * carriers than loops; with few carriers a request seldom moves to another.
 */
final class VirtualLoops extends MultiThreadIoEventLoopGroup {

  VirtualLoops(int loops, IoHandlerFactory sockets, Waiter waiter) {
    super(loops, Thread.ofVirtual().name("roost-http").factory(), sockets, waiter);
  }

  @Override
  protected IoEventLoop newChild(Executor thread, IoHandlerFactory sockets, Object... waiter) {
    return new VirtualLoop(this, thread, sockets, (Waiter) waiter[0]);
  }
}
