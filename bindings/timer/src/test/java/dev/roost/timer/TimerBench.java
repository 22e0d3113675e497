package dev.roost.timer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.spi.StateStore;
import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStateStore;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** One host with one timer on a clock that stands still. The host's time begins at midnight UTC. */
final class TimerBench {
  static final String STATUS = "azure-webjobs-hosts/timers/testhost/Host.Functions.Tick/status";
  static final String OCCURRENCES =
      "azure-webjobs-hosts/timers/testhost/Host.Functions.Tick/occurrences";
  static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  final TestHost host = new TestHost();
  final ManualClock clock = host.manualClock;
  final ObjectNode properties = JsonNodeFactory.instance.objectNode();
  final TimerTriggers triggers = new TimerTriggers();
  Elections elections;
  Runs runs;
  Source.Push source;

  TimerBench(String schedule) {
    properties.put("schedule", schedule);
    host.values.put("WEBSITE_TIME_ZONE", "UTC");
  }

  TimerBench with(String property, Object value) {
    properties.put(property, value.toString());
    return this;
  }

  BindingContext context() {
    return host.context(
        "Tick", new BindingDefinition("timer", "timerTrigger", Direction.IN, properties));
  }

  /** A new process of the host: what it knew is forgotten, what is stored is not. */
  TimerBench start() throws BindingException, IOException {
    elections = new Elections();
    runs = new Runs(clock);
    host.singletons = elections;
    source = (Source.Push) triggers.open(context());
    source.start(runs);
    return this;
  }

  /** A second host on the same clock and store that never gets the lock. */
  MissedWatch standby(String instance) throws BindingException {
    TestHost other = new TestHost();
    other.instanceId = instance;
    other.clock = clock;
    other.waiter = clock;
    other.stateStore = host.stateStore;
    other.values.put("WEBSITE_TIME_ZONE", "UTC");
    Elections never = new Elections();
    never.electAtOnce = false;
    other.singletons = never;
    TimerSource standing = (TimerSource) triggers.open(other.context("Tick", context().binding()));
    standing.start(new Runs(clock));
    return standing.watch();
  }

  /** The process is gone without a word. */
  void kill() {
    elections.expire();
    elections.depose();
  }

  void advance(String duration) {
    clock.advance(Duration.parse(duration));
  }

  void succeed() {
    runs.end(runs.last(), new Outcome.Succeeded(Payload.EMPTY));
  }

  StateStore store() {
    return host.stateStore;
  }

  String stored(String path) throws IOException {
    return store().read(path).map(StateStore.Document::content).orElse("");
  }

  /** A store that the test can break. */
  FaultyStore breakable() {
    FaultyStore store = new FaultyStore(new MemoryStateStore(clock));
    host.stateStore = store;
    return store;
  }

  static Instant at(String time) {
    return Instant.parse("2026-01-01T" + time + "Z");
  }
}
