package dev.roost.http;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;

/**
 * Event loops that are virtual threads themselves. What a loop has read starts on the loop's own
 * carrier as soon as the loop yields, and its answer is written before the loop waits again: no
 * other thread is woken for a request, neither to run it nor to send its answer. A loop that waits
 * holds its carrier, so there must be more carriers than loops; with few carriers a request seldom
 * moves to another.
 */
final class VirtualLoops extends MultiThreadIoEventLoopGroup {
  private static final long LONGEST_WAIT_NANOS = Long.MAX_VALUE / 2;

  VirtualLoops(int loops, IoHandlerFactory sockets) {
    super(loops, sockets);
  }

  @Override
  protected IoEventLoop newChild(Executor unused, IoHandlerFactory sockets, Object... none) {
    ManualIoEventLoop loop = new ManualIoEventLoop(this, null, sockets);
    Thread thread = Thread.ofVirtual().name("roost-http").unstarted(() -> drive(loop));
    loop.setOwningThread(thread);
    thread.start();
    return loop;
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // a virtual thread's yield is a place in a queue, no hint
  private static void drive(ManualIoEventLoop loop) {
    while (!loop.isTerminated()) {
      loop.run(LONGEST_WAIT_NANOS, LONGEST_WAIT_NANOS);
      Thread.yield(); // to the requests that were just read
    }
  }
}
