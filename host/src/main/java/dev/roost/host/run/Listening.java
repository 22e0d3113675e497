package dev.roost.host.run;

import dev.roost.spi.Health;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source and the functions it serves. Listens while it is started, not held, and not all of its
 * functions are paused; a source that is to listen again does so when its last listener has ended,
 * and a push source when all it offered is settled. One gate counts its events all along. Safe for
 * use by many threads.
 */
final class Listening {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Source source;
  private final Dispatcher dispatcher;
  private final Waiter waiter;
  private final Admission admission;
  private @Nullable Gate gate;
  private final boolean answers;
  private final List<String> functions = new ArrayList<>();
  private Set<String> paused = Set.of();
  private boolean started;
  private boolean held;
  private boolean ended;
  private boolean waiting;
  private @Nullable Listener listener;
  private @Nullable Listener leaving;

  /**
   * @param answers true when somebody waits for the outcome of each event: it is never held
   */
  Listening(
      Source source, boolean answers, Admission admission, Dispatcher dispatcher, Waiter waiter) {
    this.source = source;
    this.admission = admission;
    this.answers = answers;
    this.dispatcher = dispatcher;
    this.waiter = waiter;
  }

  /** Admits by this gate and by no moving limit; before it is started. */
  synchronized void admit(Gate fixed) {
    gate = fixed;
  }

  /** Made when all its functions are known. */
  synchronized Gate gate() {
    if (gate == null) {
      gate = admission.gate(source, List.copyOf(functions), answers, this::unsettled);
    }
    return gate;
  }

  /** What waits in line in this host is counted by its listener, the rest by the source. */
  private OptionalLong unsettled() throws IOException {
    if (source instanceof Source.Pull) {
      return source.unsettled();
    }
    synchronized (this) {
      Listener current = listener;
      return OptionalLong.of(inFlight() + (current == null ? 0L : current.line()));
    }
  }

  synchronized void add(String function) {
    functions.add(function);
  }

  int inFlight() {
    return gate().inFlight();
  }

  Source source() {
    return source;
  }

  synchronized List<String> functions() {
    return List.copyOf(functions);
  }

  synchronized void start() {
    dispatcher.watch(name(), gate());
    started = true;
    adjust();
  }

  /** Listens no more while {@code hold} is true, unless somebody waits for its answers. */
  synchronized void hold(boolean hold) {
    held = hold && !answers;
    adjust();
  }

  /** Says which functions of the host are paused. */
  synchronized void pause(Set<String> names) {
    Set<String> ours = new HashSet<>(functions);
    ours.retainAll(names);
    if (ours.equals(paused)) {
      return;
    }
    paused = Set.copyOf(ours);
    if (functions.size() > 1) {
      source.pause(paused);
    }
    adjust();
  }

  private synchronized void lookAgain() {
    waiting = false;
    adjust();
  }

  private void adjust() {
    boolean wanted = started && !ended && !held && paused.size() < functions.size();
    Listener current = listener;
    if (!wanted && current != null) {
      listener = null;
      leaving = current;
      current.stop();
    } else if (wanted && current == null) {
      if (hasLeft()) {
        begin();
      } else if (!waiting) {
        waiting = true;
        waiter.after(LOOK_AGAIN, this::lookAgain);
      }
    }
  }

  private boolean hasLeft() {
    Listener last = leaving;
    return last == null
        || (last.stopped() && (source instanceof Source.Pull || gate().inFlight() == 0));
  }

  private void begin() {
    leaving = null;
    gate().open();
    Listener next =
        switch (source) {
          case Source.Pull pull -> new PullLoop(name(), pull, gate(), dispatcher, waiter);
          case Source.Push push -> new PushListener(name(), push, gate(), dispatcher, waiter);
        };
    listener = next;
    next.start();
  }

  private String name() {
    return String.join(", ", functions);
  }

  /** True when its limit moves and nobody waits for its answers. */
  boolean keepsLimit() {
    return !answers && gate().moves();
  }

  synchronized ListenerLoad load() {
    Gate own = gate;
    if (own == null) {
      return new ListenerLoad(functions(), 0, 0, "not started", 0, 0);
    }
    Listener current = listener;
    return new ListenerLoad(
        functions(),
        own.inFlight(),
        own.limit(),
        own.why(),
        own.settled(),
        current == null ? 0 : current.line());
  }

  synchronized ListenerHealth health() {
    Listener current = listener;
    Health health =
        current != null
            ? current.health()
            : Health.standby(
                held ? "held by /admin/host/drain" : started ? "paused" : "not started");
    return new ListenerHealth(name(), health, source.details(), gate == null ? 0 : gate.inFlight());
  }

  /** Ends for good; returns soon. */
  void end() {
    Listener current;
    synchronized (this) {
      ended = true;
      current = listener;
      leaving = current == null ? leaving : current;
      listener = null;
    }
    if (current != null) {
      current.stop();
    }
  }

  synchronized void interrupt() {
    if (leaving != null) {
      leaving.interrupt();
    }
  }

  /** True when nothing more can be fetched. */
  synchronized boolean stopped() {
    return listener == null && (leaving == null || leaving.stopped());
  }
}
