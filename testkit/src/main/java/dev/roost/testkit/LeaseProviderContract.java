package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.LeaseProvider;
import dev.roost.spi.LeaseProvider.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link LeaseProvider} keeps. */
public interface LeaseProviderContract {
  /** The shortest lease that Azure Storage gives. */
  Duration PERIOD = Duration.ofSeconds(15);

  /** The provider under test. */
  LeaseProvider leases();

  /** Lets this time pass for the leases; a real store is waited for. */
  void pass(Duration duration) throws Exception;

  private static String lock() {
    return "azure-webjobs-hosts/locks/contract/" + UUID.randomUUID();
  }

  @Test
  default void givesALeaseToOneOnly() throws Exception {
    String path = lock();

    Optional<Lease> mine = leases().acquire(path, PERIOD);
    Optional<Lease> yours = leases().acquire(path, PERIOD);

    assertThat(mine).isPresent();
    assertThat(mine.orElseThrow().path()).isEqualTo(path);
    assertThat(yours).isEmpty();
  }

  @Test
  default void createsTheContainerWithTheFirstLock() throws Exception {
    assertThat(leases().acquire("contract-" + UUID.randomUUID() + "/lock", PERIOD)).isPresent();
  }

  @Test
  default void givesOneLeaseToManyWhoAskAtOnce() throws Exception {
    String path = lock();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Optional<Lease>>> answers =
          threads.invokeAll(
              IntStream.range(0, 8)
                  .<java.util.concurrent.Callable<Optional<Lease>>>mapToObj(
                      _ -> () -> leases().acquire(path, PERIOD))
                  .toList());
      long winners = 0;
      for (Future<Optional<Lease>> answer : answers) {
        winners += answer.get().stream().count();
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  @Test
  default void givesItToTheNextOnceItIsReleased() throws Exception {
    String path = lock();
    Lease mine = leases().acquire(path, PERIOD).orElseThrow();

    mine.release();

    Lease next = leases().acquire(path, PERIOD).orElseThrow();
    assertThat(next.id()).isNotEqualTo(mine.id());
    assertThat(mine.renew()).isFalse();
    mine.release();
    assertThat(next.renew()).isTrue();
  }

  @Test
  default void releasesForADeadHolderByItsIdOnly() throws Exception {
    String path = lock();
    Lease dead = leases().acquire(path, PERIOD).orElseThrow();

    assertThat(leases().release(path, UUID.randomUUID().toString())).isFalse();
    assertThat(leases().acquire(path, PERIOD)).isEmpty();
    assertThat(leases().release(path, dead.id())).isTrue();
    assertThat(leases().acquire(path, PERIOD)).isPresent();
    assertThat(leases().release(lock(), dead.id())).isFalse();
  }

  @Test
  default void keepsARenewedLeaseAndFreesAForgottenOne() throws Exception {
    String path = lock();
    Lease mine = leases().acquire(path, PERIOD).orElseThrow();

    pass(Duration.ofSeconds(9));
    assertThat(mine.renew()).isTrue();
    pass(Duration.ofSeconds(9));
    assertThat(leases().acquire(path, PERIOD)).isEmpty();
    pass(Duration.ofSeconds(7));

    assertThat(leases().acquire(path, PERIOD)).isPresent();
    assertThat(mine.renew()).isFalse();
  }
}
