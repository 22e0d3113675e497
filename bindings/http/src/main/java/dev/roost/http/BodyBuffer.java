package dev.roost.http;

import dev.roost.spi.Payload;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body in memory. It grows with what came, not with what was announced. */
final class BodyBuffer implements Intake {
  private static final byte[] NONE = {};

  private final long limit;
  private final BodyBudget budget;
  private byte[] bytes = NONE;
  private int length;
  private long counted;

  BodyBuffer(long limit, BodyBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  @Override
  public Taken append(ByteBuf content) {
    int more = content.readableBytes();
    if (more > limit - length) {
      return Taken.TOO_LARGE;
    }
    if (more > bytes.length - length) {
      int wanted =
          length == 0 ? more : (int) Math.min(limit, Math.max((long) length + more, length * 2L));
      if (wanted > BodyBudget.SMALL && !count(wanted)) {
        return Taken.NO_ROOM;
      }
      bytes = Arrays.copyOf(bytes, wanted);
    }
    content.readBytes(bytes, length, more);
    length += more;
    return Taken.MORE;
  }

  private boolean count(long wanted) {
    if (!budget.take(wanted - counted)) {
      return false;
    }
    counted = wanted;
    return true;
  }

  @Override
  public long length() {
    return length;
  }

  /** What arrived; {@link Payload#EMPTY} for nothing. */
  Payload payload() {
    if (length == 0) {
      return Payload.EMPTY;
    }
    return new Payload.Bytes(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  @Override
  public void fail(String why) {
    // nobody reads yet
  }

  @Override
  public void end() {
    // nobody reads yet
  }

  @Override
  public void release() {
    bytes = NONE;
    length = 0;
    budget.giveBack(counted);
    counted = 0;
  }
}
