package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Delivery;
import dev.roost.spi.Health;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are dropped without a word, as by a broken network. */
class FaultsTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS = new ServiceBusEmulatorExtension();

  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final BusLab lab = new BusLab(BUS.emulator());

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void settlesAMessageOfALinkThatIsGoneAndReceivesTheNext() throws Exception {
    lab.withQueue().send("before");
    Source.Pull source = lab.open();
    Delivery running = BusLab.one(source);

    assertThat(BUS.faults().dropConnections()).isPositive();
    running.settle(OK);

    lab.await("completed", counts -> counts.active() + counts.locked() == 0);
    lab.send("after");
    assertThat(eventually(source).payload()).isEqualTo(new Payload.Text("after"));
  }

  @Test
  void bringsToAnotherHostWhatADeadOneHadLocked() throws Exception {
    lab.withQueue().send("1", "2", "3");
    Source.Pull dying = lab.open();
    BusLab.poll(dying, 3);
    BUS.faults().dropConnections(); // and it never settles
    dying.stop();
    BUS.advance(Duration.ofMinutes(2));

    Source.Pull next = lab.open();
    Set<Payload> seen = new HashSet<>();
    Await.until(
        "all three",
        LIMIT,
        () -> {
          for (Delivery delivery : next.poll(3)) {
            assertThat(delivery.attempt()).isEqualTo(2);
            seen.add(delivery.payload());
            delivery.settle(OK);
          }
          return seen.size() == 3;
        });
  }

  @Test
  void processesEveryAcknowledgedMessageThoughConnectionsAreDroppedUnderLoad() throws Exception {
    BUS.emulator().create(QueueConfig.queue(lab.queue).lockDuration(Duration.ofSeconds(5)));
    Source.Pull source = lab.open();
    Load load = new Load(lab.sender(lab.queue), 180, 60);
    Set<String> processed = new HashSet<>();

    Await.until(
        "every acknowledged message",
        LIMIT,
        () -> {
          take(source, 8).forEach(delivery -> processed.add(text(delivery)));
          return load.ended() && processed.containsAll(load.acknowledged);
        });

    assertThat(load.dropped).isGreaterThanOrEqualTo(3);
    assertThat(load.acknowledged).hasSizeGreaterThan(120);
    drained(source);
  }

  @Test
  void keepsTheOrderOfASessionWhoseConnectionsAreDropped() throws Exception {
    BUS.emulator()
        .create(QueueConfig.queue(lab.queue).withSessions().lockDuration(Duration.ofSeconds(5)));
    lab.trigger.put("isSessionsEnabled", true);
    String[] texts = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    lab.sendTo("a", texts);
    lab.sendTo("b", texts);
    Source.Pull source = lab.open();
    Map<String, List<String>> seen = new TreeMap<>();
    int[] count = new int[1];

    Await.until(
        "all of both sessions",
        LIMIT,
        () -> {
          for (Delivery delivery : take(source, 2)) {
            List<String> session =
                seen.computeIfAbsent(delivery.details().get("SessionId"), _ -> new ArrayList<>());
            if (!session.contains(text(delivery))) { // it may come twice, never too early
              session.add(text(delivery));
            }
            count[0]++;
            if (count[0] == 6) {
              BUS.faults().dropConnections();
            }
          }
          return seen.values().stream().mapToInt(List::size).sum() == 2 * texts.length;
        });

    assertThat(seen).containsOnlyKeys("a", "b");
    assertThat(seen.values()).allSatisfy(session -> assertThat(session).containsExactly(texts));
    drained(source);
  }

  @ParameterizedTest(name = "sessions: {0}")
  @ValueSource(booleans = {false, true})
  void tellsThatTheServiceIsOutOfReachAndThatItIsBack(boolean sessions) throws Exception {
    ManualClock timers = lab.host.manualClock;
    lab.host.waiter = timers;
    Source.Pull source = (sessions ? lab.withSessions() : lab.withQueue()).open();
    assertThat(source.health()).isEqualTo(Health.UP);
    BUS.faults().stopListening();
    BUS.faults().dropConnections();

    timers.advance(Duration.ofSeconds(10));
    assertThat(source.health()).as("while the answer is not due").isEqualTo(Health.UP);
    timers.advance(Duration.ofSeconds(5));
    assertThat(source.health())
        .isEqualTo(Health.degraded("'" + lab.queue + "' can't be reached: no answer for 5 s"));

    BUS.faults().listenAgain();
    Await.until("it is well", LIMIT, () -> source.health().equals(Health.UP));
  }

  /** Until the queue is empty: what was settled too late comes again. */
  private void drained(Source.Pull source) throws Exception {
    Await.until(
        "an empty queue",
        LIMIT,
        () -> {
          take(source, 8);
          return BUS.counts(lab.queue).active() + BUS.counts(lab.queue).locked() == 0;
        });
    assertThat(BUS.counts(lab.queue).deadLettered()).isZero();
  }

  /** One round of the host's loop: what can't be received or settled now comes again. */
  private static List<Delivery> take(Source.Pull source, int permits) throws InterruptedException {
    List<Delivery> taken = new ArrayList<>();
    try {
      taken.addAll(source.poll(permits));
    } catch (IOException _) {
      return taken;
    }
    List<Thread> settling =
        taken.stream().map(delivery -> Thread.ofVirtual().start(() -> settle(delivery))).toList();
    for (Thread thread : settling) {
      thread.join();
    }
    return taken;
  }

  private static void settle(Delivery delivery) {
    try {
      delivery.settle(OK);
    } catch (IOException _) {
      // It comes again when its lock ends.
    }
  }

  private static Delivery eventually(Source.Pull source) throws Exception {
    List<Delivery> found = new ArrayList<>();
    Await.until(
        "a delivery",
        LIMIT,
        () -> {
          found.addAll(take(source, 1));
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private static String text(Delivery delivery) {
    return ((Payload.Text) delivery.payload()).value();
  }

  /** Sends, and drops every connection now and then. */
  private static final class Load {
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    volatile int dropped;
    private final Thread thread;

    Load(ServiceBusSenderClient sender, int messages, int every) {
      thread = Thread.ofPlatform().daemon().start(() -> send(sender, messages, every));
    }

    boolean ended() {
      return !thread.isAlive();
    }

    private void send(ServiceBusSenderClient sender, int messages, int every) {
      for (int i = 0; i < messages; i++) {
        if (i % every == every / 2) {
          dropped += BUS.faults().dropConnections();
        }
        try {
          sender.sendMessage(new ServiceBusMessage("m" + i));
          acknowledged.add("m" + i);
        } catch (ServiceBusException e) {
          assertThat(e.isTransient()).isTrue();
        }
      }
    }
  }
}
