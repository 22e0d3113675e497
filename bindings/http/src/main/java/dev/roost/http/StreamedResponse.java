package dev.roost.http;

import dev.roost.spi.Payload;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Sends a stream as it is read: what one read yields leaves at once, so that server-sent events
 * arrive when they happen, and nothing is read while the client does not take it.
 */
record StreamedResponse(Wire wire, StreamGate gate) {
  private static final int CHUNK = 16 * 1024;

  /**
   * Blocks until all is sent.
   *
   * @param wanted false when only the head is to be sent
   * @param begin sends the head, told the body's length or a negative number
   * @param end told whether the body was sent to its end
   */
  void send(Payload.Stream stream, boolean wanted, LongConsumer begin, Consumer<Boolean> end) {
    if (!wanted) {
      begin.accept(stream.length());
      end.accept(true);
      return;
    }
    boolean complete = false;
    try (InputStream in = stream.opener().open()) {
      begin.accept(stream.length());
      complete = copy(in);
    } catch (IOException e) {
      HttpServer.LOG.log(
          System.Logger.Level.WARNING, "A response stream broke; the connection is closed", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end.accept(complete);
    }
  }

  private boolean copy(InputStream in) throws IOException, InterruptedException {
    while (true) {
      byte[] chunk = new byte[CHUNK];
      int length = in.read(chunk);
      if (length < 0) {
        return true;
      }
      if (!gate.awaitWritable(wire.channel())) {
        return false;
      }
      if (length > 0) {
        wire.send(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk, 0, length)));
      }
    }
  }
}
