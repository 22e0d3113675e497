package dev.roost.http;

import io.netty.buffer.ByteBuf;

/** Takes the body of a request while it arrives. Used by one event loop. */
interface Intake {

  /** What became of a piece. */
  enum Taken {
    /** Taken. */
    MORE,
    /** Taken, but the client should not be read until further notice. */
    PAUSE,
    /** Beyond the largest body: 413. */
    TOO_LARGE,
    /** All bodies together are too much just now: 503. */
    NO_ROOM
  }

  /** Takes a piece. */
  Taken append(ByteBuf content);

  /** Bytes taken so far. */
  long length();

  /** No more will be taken, because {@code why}; not called after a complete body. */
  void fail(String why);

  /** The body was complete. */
  void end();

  /** The exchange is over: whatever was held is given back. */
  void release();
}
