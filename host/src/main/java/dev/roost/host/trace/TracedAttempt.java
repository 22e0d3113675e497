package dev.roost.host.trace;

import dev.roost.spi.Outcome;
import dev.roost.spi.TraceHeaders;

/** One attempt of an invocation in its trace. */
public interface TracedAttempt {

  /** What the attempt passes on: its own span, or what its event brought. */
  TraceHeaders headers();

  /** Tells how it ended; nothing is written for it after that. */
  void end(Outcome outcome);

  /** Without a span. */
  record Passing(TraceHeaders headers) implements TracedAttempt {
    @Override
    public void end(Outcome outcome) {}
  }
}
