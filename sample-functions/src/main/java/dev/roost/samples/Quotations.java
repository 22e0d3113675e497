package dev.roost.samples;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The collaborator of {@link Quote}: one object for all invocations, used by many threads. */
final class Quotations {
  private static final List<String> TEXTS =
      List.of("Simple is better than complex.", "Make it work, make it right, make it fast.");

  private final AtomicInteger turn = new AtomicInteger();

  String next() {
    return TEXTS.get(Math.floorMod(turn.getAndIncrement(), TEXTS.size()));
  }
}
