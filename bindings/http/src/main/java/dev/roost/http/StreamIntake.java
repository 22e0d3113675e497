package dev.roost.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** A body that the function reads while it arrives. */
final class StreamIntake implements Intake {
  private final long limit;
  private final BodyPipe pipe;
  private long length;

  StreamIntake(long limit, BodyPipe pipe) {
    this.limit = limit;
    this.pipe = pipe;
  }

  @Override
  public Taken append(ByteBuf content) {
    if (content.readableBytes() > limit - length) {
      return Taken.TOO_LARGE;
    }
    length += content.readableBytes();
    return pipe.offer(ByteBufUtil.getBytes(content)) ? Taken.MORE : Taken.PAUSE;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void fail(String why) {
    pipe.fail(why);
  }

  @Override
  public void end() {
    pipe.end();
  }

  @Override
  public void release() {
    pipe.fail("The request was answered before its body was read");
  }
}
