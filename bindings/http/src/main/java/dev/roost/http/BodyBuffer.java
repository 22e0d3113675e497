package dev.roost.http;

import dev.roost.spi.Payload;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of one request while it arrives. It grows with what came, not with what was said. */
final class BodyBuffer {
  private static final byte[] NONE = {};

  private final long limit;
  private byte[] bytes = NONE;
  private int length;

  BodyBuffer(long limit) {
    this.limit = limit;
  }

  /** Takes what arrived; false when it is too much. */
  boolean append(ByteBuf content) {
    int more = content.readableBytes();
    if (more > limit - length) {
      return false;
    }
    if (more > bytes.length - length) {
      int wanted = length == 0 ? more : (int) Math.min(limit, Math.max(length + more, length * 2L));
      bytes = Arrays.copyOf(bytes, wanted);
    }
    content.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  int length() {
    return length;
  }

  /** What arrived; {@link Payload#EMPTY} for nothing. */
  Payload payload() {
    if (length == 0) {
      return Payload.EMPTY;
    }
    return new Payload.Bytes(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }
}
