package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lock of a message while its function runs. */
class LocksTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS = new ServiceBusEmulatorExtension();

  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);

  private final BusLab lab = new BusLab(BUS.emulator());

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void renewsTheLockOfACallThatRunsForThreeLockPeriods() throws Exception {
    ManualClock clock = new ManualClock(Instant.now());
    lab.host.clock = clock;
    BUS.emulator().create(QueueConfig.queue(lab.queue).lockDuration(Duration.ofSeconds(60)));
    lab.send("order 1");
    Delivery delivery = BusLab.one(lab.open());

    // Our clock stands still while the emulator's goes on: on a slow machine the half is longer.
    for (int i = 0; i < 6; i++) {
      assertThat(delivery.renewEvery())
          .get()
          .satisfies(
              every -> assertThat(every).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(45)));
      BUS.advance(Duration.ofSeconds(30));
      assertThat(delivery.renew()).isTrue();
    }
    delivery.settle(OK);

    assertThat(BUS.counts(lab.queue).active() + BUS.counts(lab.queue).locked()).isZero();
  }

  @Test
  void renewsNoLongerThanItMay() throws Exception {
    ManualClock clock = new ManualClock(Instant.now());
    lab.host.clock = clock;
    lab.options().put("maxAutoLockRenewalDuration", "00:01:00");
    lab.withQueue().send("order 1");
    Delivery delivery = BusLab.one(lab.open());

    assertThat(delivery.renewEvery()).isPresent();
    clock.advance(Duration.ofSeconds(60));
    assertThat(delivery.renewEvery()).isEmpty();
  }

  @Test
  void saysThatALockWasLost() throws Exception {
    lab.withQueue().send("order 1");
    Source.Pull source = lab.open();
    Delivery delivery = BusLab.one(source);
    BUS.emulator().expireLocks(lab.queue);

    assertThat(delivery.renew()).isFalse();
    assertThat(BusLab.told(() -> delivery.settle(OK)))
        .containsExactly(
            "The lock of message number 1 was lost before it was settled: it may run twice");

    Delivery again = BusLab.one(source);
    assertThat(again.attempt()).isEqualTo(2);
    again.settle(OK);
  }
}
