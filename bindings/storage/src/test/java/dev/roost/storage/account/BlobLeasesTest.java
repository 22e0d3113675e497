package dev.roost.storage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.LeaseProvider;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.LeaseProviderContract;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BlobLeasesTest implements LeaseProviderContract {
  private final TestHost host = new TestHost();
  private final LeaseProvider leases = new BlobStores().leases(host);

  BlobLeasesTest() {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
  }

  @Override
  public LeaseProvider leases() {
    return leases;
  }

  /** The leases of a real store know only real time. */
  @Override
  public void pass(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    Await.until("time passes", duration.multipliedBy(2), () -> System.nanoTime() >= end);
  }

  @Test
  void givesUpOnAStoreThatDoesNotAnswer() throws Exception {
    try (var silent = new ServerSocket(0)) { // accepts by its backlog and says nothing
      host.values.put(
          "AzureWebJobsStorage", Azurite.shared().through("Blob", silent.getLocalPort()));
      long before = System.nanoTime();

      assertThatThrownBy(() -> leases.acquire("azure-webjobs-hosts/locks/x", PERIOD))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not look at lease 'azure-webjobs-hosts/locks/x'");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    }
  }

  @Test
  void throwsWithoutAnAccount() {
    host.values.clear();

    assertThatThrownBy(() -> leases.acquire("azure-webjobs-hosts/locks/x", PERIOD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither 'AzureWebJobsStorage' nor 'Storage' is set");
  }
}
