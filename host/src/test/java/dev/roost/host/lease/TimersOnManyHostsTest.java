package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Delivery;
import dev.roost.spi.Direction;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.MemoryStateStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three hosts with the real leases and the real timers on one clock, while hosts die, sleep through
 * their lease and lose the store. What each call of a function writes down is all that counts.
 */
class TimersOnManyHostsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration RUN = Duration.ofMillis(300);

  private final ManualClock clock = new ManualClock(START);
  private final MemoryLeaseProvider leases = new MemoryLeaseProvider(clock);
  private final MemoryStateStore documents = new MemoryStateStore(clock);
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, List<JsonNode>> begun = new HashMap<>();
  private int born;
  private Node leader;

  private Node host() {
    Node node = new Node("host-" + ++born, clock, leases, documents);
    FaultyStore reached = new FaultyStore(documents);
    reached.broken = () -> node.leases.down;
    node.host.stateStore = reached;
    node.host.values.put("WEBSITE_TIME_ZONE", "UTC");
    node.keep(LeaseOptions.DEFAULT);
    node.host.singletons = node.keeper;
    nodes.add(node);
    timer(node, "Once", "guarantee", "atMostOnce", "missed", "SKIP");
    timer(node, "Each", "missed", "RUN_EACH", "maxMissed", "600");
    timer(node, "Default");
    return node;
  }

  private void timer(Node node, String function, String... options) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode().put("schedule", "* * * * * *");
    for (int i = 0; i < options.length; i += 2) {
      properties.put(options[i], options[i + 1]);
    }
    TriggerProvider timers =
        ServiceLoader.load(TriggerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.types().contains("timerTrigger"))
            .findFirst()
            .orElseThrow();
    try {
      Source.Push source =
          (Source.Push)
              timers.open(
                  node.host.context(
                      function,
                      new BindingDefinition("timer", "timerTrigger", Direction.IN, properties)));
      source.start(delivery -> run(node, delivery));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The call writes down its instant, takes a while and ends, unless its host dies before. */
  private boolean run(Node node, Delivery delivery) {
    leader = node;
    begun
        .computeIfAbsent(delivery.function(), _ -> new ArrayList<>())
        .add(((Payload.Json) delivery.data().exactly("TimerInfo").orElseThrow()).value());
    AtomicReference<Outcome> outcome = new AtomicReference<>(new Outcome.Succeeded(Payload.EMPTY));
    delivery.started(reason -> outcome.set(new Outcome.Abandoned(reason)));
    node.host.waiter.after(
        RUN,
        () -> {
          try {
            delivery.settle(outcome.get());
          } catch (IOException e) {
            // The real host logs it: the event may run again.
            assertThat(e).hasMessageContaining("unreachable");
          }
        });
    return true;
  }

  private Map<Instant, Integer> counts(String function) {
    Map<Instant, Integer> counts = new HashMap<>();
    begun
        .get(function)
        .forEach(
            run -> counts.merge(Instant.parse(run.get("scheduled").asText()), 1, Integer::sum));
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void keepTheirPromisesThroughKillsPausesAndPartitions(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      host();
      clock.advance(Duration.ofMillis(random.nextInt(2_000)));
    }
    for (int i = 0; i < 14; i++) {
      clock.advance(Duration.ofMillis(20_000 + random.nextInt(20_000)));
      Node struck = leader;
      switch (i % 7) {
        case 2 -> {
          struck.stop();
          clock.advance(Duration.ofMillis(16_000 + random.nextInt(20_000)));
          struck.resume();
        }
        case 5 -> {
          struck.leases.down = true;
          clock.advance(Duration.ofMillis(16_000 + random.nextInt(20_000)));
          struck.leases.down = false;
        }
        default -> {
          struck.stop();
          nodes.remove(struck);
          host();
        }
      }
    }
    clock.advance(Duration.ofMinutes(2));
    Instant end = clock.now().minusSeconds(2);

    assertThat(counts("Once").values()).as("no instant twice").containsOnly(1);
    Set<Instant> missing = new HashSet<>();
    for (Instant due = START.plusSeconds(5); due.isBefore(end); due = due.plusSeconds(1)) {
      if (!counts("Each").containsKey(due)) {
        missing.add(due);
      }
    }
    assertThat(missing).as("no instant without a run").isEmpty();
    everyGapIsCoveredByOneRunThatNamesItsFirstInstant();
  }

  private void everyGapIsCoveredByOneRunThatNamesItsFirstInstant() {
    Instant last = Instant.parse(begun.get("Default").getFirst().get("scheduled").asText());
    boolean covered = false;
    int gaps = 0;
    for (JsonNode run : begun.get("Default").stream().skip(1).toList()) {
      Instant scheduled = Instant.parse(run.get("scheduled").asText());
      boolean pastDue = run.get("isPastDue").booleanValue();
      if (pastDue) {
        // It names the first missed instant, or the one whose run died with its host.
        assertThat(scheduled).isIn(last, last.plusSeconds(1));
        gaps++;
      } else if (!covered) {
        assertThat(scheduled).isEqualTo(last.plusSeconds(1));
      }
      last = scheduled;
      covered = pastDue;
    }
    assertThat(gaps).isGreaterThanOrEqualTo(14);
  }
}
