package dev.roost.http;

/**
 * How long a connection may keep us waiting, in beats of the {@link Pulse}. Source of the numbers:
 * Kestrel's defaults.
 */
final class Patience {
  private static final int IDLE = 130;
  private static final int HEAD = 30;
  private static final int LINGER = 5;
  private static final int BODY_GRACE = 5;
  private static final int BODY_BYTES_PER_BEAT = 240;

  private volatile int since;
  private volatile int headSince = -1;
  private volatile long bytes;
  private volatile boolean paused;

  /** Something new is waited for. */
  void restart(int now) {
    since = now;
    headSince = -1;
    bytes = 0;
    paused = false;
  }

  /** It is us who keep the client waiting. */
  void pause() {
    paused = true;
  }

  /** The client may go on; it starts with what it has earned. */
  void resume(int now) {
    since = now;
    paused = false;
  }

  /** The first bytes of a request came. */
  void begin(int now) {
    if (headSince < 0) {
      headSince = now;
    }
  }

  boolean hasBegun() {
    return headSince >= 0;
  }

  /** So many bytes of the body have come. */
  void arrived(long total) {
    bytes = total;
  }

  /** From any thread. */
  boolean isOver(Phase phase, int now) {
    int waited = now - since;
    return switch (phase) {
      case HEAD -> waited > IDLE || (headSince >= 0 && now - headSince > HEAD);
      case BODY, STREAM, REST ->
          !paused && bytes < (long) (waited - BODY_GRACE) * BODY_BYTES_PER_BEAT;
      case LINGER -> waited > LINGER;
      case ADMISSION, ANSWER -> false;
    };
  }
}
