package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Concurrency;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.SessionDocument;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS = new ServiceBusEmulatorExtension();

  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome FAILED = new Outcome.Failed(new IllegalStateException("no"));

  private final BusLab lab = new BusLab(BUS.emulator());

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void givesOneMessageOfASessionAtATimeAndManySessionsAtOnce() throws Exception {
    lab.withSessions();
    lab.sendTo("a", "a1", "a2");
    lab.sendTo("b", "b1", "b2");
    Source.Pull source = lab.open();

    List<Delivery> first = BusLab.poll(source, 2);

    assertThat(texts(first)).containsExactlyInAnyOrder("a1", "b1");
    assertThat(source.poll(8)).isEmpty();
    first.forEach(SessionTest::succeed);
    assertThat(texts(BusLab.poll(source, 2))).containsExactlyInAnyOrder("a2", "b2");
  }

  @ParameterizedTest
  @CsvSource({
    "CEILED,  0, true", // nothing written: the host finds the number
    "DYNAMIC, 2, true", // the official meaning of true: what is written does not count
    "CEILED,  2, false",
    "STATIC,  0, false",
  })
  void holdsMoreSessionsThanItsSettingWhenTheHostDecides(
      Concurrency concurrency, int written, boolean more) throws Exception {
    lab.host.concurrency = concurrency;
    if (written > 0) {
      lab.options().put("maxConcurrentSessions", written);
    }
    lab.withSessions();
    for (int i = 0; i < 12; i++) {
      lab.sendTo("session-" + i, "message " + i);
    }
    Source.Pull source = lab.open();
    int setting = written == 0 ? 8 : written;

    assertThat(source.concurrency()).as("where the limit begins").isEqualTo(setting);
    assertThat(source.ceiling().isEmpty()).isEqualTo(more);
    List<Delivery> running = BusLab.poll(source, more ? 12 : setting);
    assertThat(texts(running)).doesNotHaveDuplicates();
    if (!more) {
      assertThat(source.poll(12)).isEmpty();
    }
    running.forEach(SessionTest::succeed);
  }

  @Test
  void givesAFailedMessageAgainBeforeTheNextOfItsSession() throws Exception {
    lab.withSessions().sendTo("a", "a1", "a2");
    Source.Pull source = lab.open();

    BusLab.one(source).settle(FAILED);
    Delivery again = BusLab.one(source);
    assertThat(text(again)).isEqualTo("a1");
    assertThat(again.attempt()).isEqualTo(2);
    succeed(again);

    assertThat(text(BusLab.one(source))).isEqualTo("a2");
  }

  @Test
  void holdsTheOrderWhileAMessageWaitsForALaterTry() throws Exception {
    lab.withSessions().sendTo("a", "a1", "a2");
    Source.Pull source = lab.open();
    Duration pause = Duration.ofMillis(300);

    BusLab.one(source)
        .settle(new Outcome.Failed(new IllegalStateException("busy"), false, Optional.of(pause)));

    Delivery again = BusLab.one(source);
    assertThat(text(again)).isEqualTo("a1");
    succeed(again);
    assertThat(text(BusLab.one(source))).isEqualTo("a2");
  }

  @Test
  void keepsStateBesideTheMessages() throws Exception {
    lab.withSessions().sendTo("a", "a1", "a2");
    Source.Pull source = lab.open();
    Delivery first = BusLab.one(source);
    SessionDocument state = state(first);
    assertThat(state.id()).isEqualTo("a");
    assertThat(state.read()).isEmpty();

    state.write(Optional.of("step 3".getBytes(StandardCharsets.UTF_8)));
    succeed(first);

    Delivery second = BusLab.one(source);
    assertThat(state(second).read())
        .get()
        .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("step 3");
    state(second).write(Optional.empty());
    assertThat(state(second).read()).isEmpty();
  }

  @Test
  void givesTheNextSessionItsTurnWhenOneIsIdle() throws Exception {
    lab.options().put("maxConcurrentSessions", 1).put("sessionIdleTimeout", "00:00:00.2");
    lab.withSessions();
    lab.sendTo("a", "a1");
    lab.sendTo("b", "b1");
    Source.Pull source = lab.open();

    Delivery first = BusLab.one(source);
    succeed(first);

    assertThat(List.of(text(first), text(BusLab.one(source))))
        .containsExactlyInAnyOrder("a1", "b1");
  }

  @Test
  void interruptsTheCallWhoseSessionWasLost() throws Exception {
    BUS.emulator()
        .create(QueueConfig.queue(lab.queue).withSessions().lockDuration(Duration.ofSeconds(10)));
    lab.trigger.put("isSessionsEnabled", true);
    lab.sendTo("a", "a1");
    List<String> interrupts = new ArrayList<>();
    Delivery delivery = BusLab.one(lab.open());
    delivery.started(reason -> {
      synchronized (interrupts) {
        interrupts.add(reason);
      }
    });

    BUS.emulator().expireLocks(lab.queue);

    Await.until(
        "an interrupt",
        BusLab.LIMIT,
        () -> {
          synchronized (interrupts) {
            return !interrupts.isEmpty();
          }
        });
    assertThat(interrupts.getFirst()).startsWith("The session was lost");
  }

  @Test
  void leavesNoSessionLockedWhenItStops() throws Exception {
    lab.withSessions().sendTo("a", "a1", "a2");
    Source.Pull source = lab.open();
    Delivery running = BusLab.one(source);

    source.stop();
    succeed(running);

    lab.await(
        "one free, none locked, no receivers",
        counts -> counts.active() == 1 && counts.locked() == 0);
    Source.Pull other = lab.open();
    assertThat(text(BusLab.one(other))).isEqualTo("a2");
  }

  @Test
  void keepsTheOrderOfSessionsOnThreeHosts() throws Exception {
    lab.options().put("sessionIdleTimeout", "00:00:00.1").put("maxConcurrentSessions", 3);
    lab.withSessions();
    List<Source.Pull> hosts = List.of(lab.open(), lab.open(), lab.open());
    int sessions = 6;
    int each = 10;
    for (int s = 0; s < sessions; s++) {
      String[] texts = new String[each];
      for (int i = 0; i < each; i++) {
        texts[i] = s + ":" + i;
      }
      lab.sendTo("s" + s, texts);
    }
    Map<String, List<String>> seen = new HashMap<>();

    Await.until(
        "all messages",
        BusLab.LIMIT,
        () -> {
          for (Source.Pull host : hosts) {
            for (Delivery delivery : host.poll(9)) {
              String text = text(delivery);
              seen.computeIfAbsent(text.substring(0, 1), _ -> new ArrayList<>()).add(text);
              succeed(delivery);
            }
          }
          return seen.values().stream().mapToInt(List::size).sum() >= sessions * each;
        });

    for (int s = 0; s < sessions; s++) {
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        wanted.add(s + ":" + i);
      }
      assertThat(seen.get("" + s)).isEqualTo(wanted);
    }
  }

  private static SessionDocument state(Delivery delivery) {
    return (SessionDocument)
        ((Payload.Native) delivery.data().exactly(SessionDocument.NAME).orElseThrow()).value();
  }

  private static List<String> texts(List<Delivery> deliveries) {
    return deliveries.stream().map(SessionTest::text).toList();
  }

  private static String text(Delivery delivery) {
    return ((Payload.Text) delivery.payload()).value();
  }

  private static void succeed(Delivery delivery) {
    try {
      delivery.settle(OK);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
