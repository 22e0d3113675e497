package dev.roost.host.lease;

import dev.roost.spi.Singletons;
import dev.roost.spi.StateStore;
import dev.roost.spi.Waiter;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One host of several that share a clock, a lease store and a document store. */
final class Node implements Singletons.Candidate {
  final TestHost host = new TestHost();
  final FaultyLeases leases;
  final List<String> told = new ArrayList<>();
  private final ManualClock clock;
  private final List<Runnable> frozen = new ArrayList<>();
  LeaseKeeper keeper;
  Singletons.Candidacy candidacy;
  Singletons.Tenure tenure;
  boolean refuses;
  private boolean stopped;

  Node(String name, ManualClock clock, MemoryLeaseProvider shared, StateStore documents) {
    this.clock = clock;
    this.leases = new FaultyLeases(shared);
    host.instanceId = name;
    host.clock = clock;
    host.waiter = this::after;
    host.stateStore = documents;
  }

  private Waiter.Pending after(Duration delay, Runnable task) {
    return clock.after(
        delay,
        () -> {
          if (stopped) {
            frozen.add(task);
          } else {
            task.run();
          }
        });
  }

  Node keep(LeaseOptions options) {
    return keep(options, new Processes(Path.of("/nowhere")));
  }

  Node keep(LeaseOptions options, Processes processes) {
    keeper = new LeaseKeeper(host, leases, options, processes);
    return this;
  }

  Node compete() {
    candidacy = keeper.compete("Tick.Listener", this);
    clock.advance(Duration.ZERO);
    return this;
  }

  /** SIGSTOP: nothing of this host runs. Without {@link #resume()} it is kill -9. */
  void stop() {
    stopped = true;
  }

  /** SIGCONT: what became due meanwhile runs now. */
  void resume() {
    stopped = false;
    List<Runnable> due = List.copyOf(frozen);
    frozen.clear();
    due.forEach(Runnable::run);
  }

  boolean holds() {
    return tenure != null && tenure.holds();
  }

  @Override
  public void elected(Singletons.Tenure given) throws IOException {
    if (refuses) {
      throw new IOException("can't begin");
    }
    tenure = given;
    told.add("elected");
  }

  @Override
  public void deposed() {
    told.add("deposed");
  }
}
