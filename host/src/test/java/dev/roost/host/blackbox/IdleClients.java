package dev.roost.host.blackbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that opens many connections and leaves them: every second one has sent half of a
 * request. Arguments: the port, the number. Says {@code open} and waits until its input ends.
 */
final class IdleClients {
  private IdleClients() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    int count = Integer.parseInt(args[1]);
    byte[] half = "GET /api/Open HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(server);
      if (i % 2 == 0) {
        channel.write(ByteBuffer.wrap(half));
      }
      open.add(channel);
    }
    System.out.println("open " + open.size());
    System.out.flush();
    while (System.in.read() >= 0) {
      // until the test closes it
    }
  }
}
