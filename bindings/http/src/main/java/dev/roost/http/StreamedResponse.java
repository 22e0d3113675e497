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
      complete = copy(in, stream.length());
    } catch (IOException e) {
      HttpServer.LOG.log(
          System.Logger.Level.WARNING, "A response stream broke; the connection is closed", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end.accept(complete);
    }
  }

  /** False when the stream is shorter than it said, or the client is gone. */
  private boolean copy(InputStream in, long announced) throws IOException, InterruptedException {
    long left = announced < 0 ? Long.MAX_VALUE : announced;
    while (left > 0) {
      byte[] chunk = new byte[(int) Math.min(CHUNK, left)];
      int length = in.read(chunk);
      if (length < 0) {
        return announced < 0;
      }
      if (!gate.awaitWritable(wire.channel())) {
        return false;
      }
      if (length > 0) {
        wire.send(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk, 0, length)));
        left -= length;
      }
    }
    return true;
  }
}
