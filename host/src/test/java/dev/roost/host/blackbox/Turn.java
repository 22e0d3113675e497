package dev.roost.host.blackbox;

import java.util.Comparator;

/**
 * When which host ran a message of a session; the times are milliseconds of the machine's clock.
 *
 * @param index of the message in its session, from 0
 * @param host the process
 */
record Turn(int session, int index, long host, long began, long ended) {
  static final Comparator<Turn> BY_TIME = Comparator.comparing(Turn::began);

  /** Reads {@code session:index:host:began:ended}. */
  static Turn of(String text) {
    String[] parts = text.split(":", -1);
    return new Turn(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]));
  }
}
