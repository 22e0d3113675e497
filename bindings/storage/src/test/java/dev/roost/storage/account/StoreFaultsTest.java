package dev.roost.storage.account;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.LeaseProvider.Lease;
import dev.roost.spi.RetryAfter;
import dev.roost.spi.StateStore;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.FaultyAzurite;
import dev.roost.testkit.RealTime;
import dev.roost.testkit.TestHost;
import dev.roost.testkit.Toxin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Leases and documents while their account fails. */
class StoreFaultsTest {
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final String LEASE_CALL = ".*comp=lease.*";

  private final FaultyAzurite faulty = new FaultyAzurite(Azurite.shared());
  private final RealTime time = new RealTime();
  private final TestHost host = new TestHost();
  private final String path = "azure-webjobs-hosts/locks/" + UUID.randomUUID() + "/host";
  private LeaseProvider leases;
  private StateStore documents;

  @BeforeEach
  void open() {
    host.clock = time;
    host.waiter = time;
    host.values.put("AzureWebJobsStorage", faulty.connectionString());
    leases = new BlobStores().leases(host);
    documents = new BlobStores().state(host);
  }

  @AfterEach
  void close() {
    time.close();
    faulty.close();
  }

  private static Duration took(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @ParameterizedTest
  @EnumSource(Toxin.class)
  void aRenewalFailsOnceAndSoonAndTheLeaseIsStillOursAfterwards(Toxin toxin) throws IOException {
    Lease lease = leases.acquire(path, PERIOD).orElseThrow();
    faulty.heal();
    faulty.fail(toxin);
    long began = System.nanoTime();
    assertThatThrownBy(lease::renew)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not renew lease '" + path + "'");
    if (toxin != Toxin.SLOW) {
      assertThat(took(began)).isLessThan(Duration.ofSeconds(8));
    }
    assertThat(faulty.requests()).hasSizeLessThanOrEqualTo(1);
    faulty.heal();
    if (took(began).compareTo(Duration.ofSeconds(10)) < 0) {
      assertThat(lease.renew()).isTrue();
    }
    lease.release();
  }

  @ParameterizedTest
  @CsvSource({"404, BlobNotFound", "409, LeaseIdMismatchWithLeaseOperation", "412, LeaseLost"})
  void aRenewalThatIsRefusedSaysThatTheLeaseIsLost(int status, String code) throws IOException {
    Lease lease = leases.acquire(path, PERIOD).orElseThrow();
    faulty.fail(put(urlMatching(LEASE_CALL)), Toxin.error(status, code));
    assertThat(lease.renew()).isFalse();
    faulty.heal();
    lease.release();
  }

  @Test
  void aLeaseThatSomebodyTookFirstIsANo() throws IOException {
    faulty.fail(put(urlMatching(LEASE_CALL)), Toxin.error(409, "LeaseAlreadyPresent"));
    assertThat(leases.acquire(path, PERIOD)).isEmpty();
  }

  @Test
  void aBusyAccountTellsHowLongItWantsToBeLeftAlone() {
    faulty.fail(Toxin.BUSY);
    Throwable refusal = catchThrowable(() -> leases.acquire(path, PERIOD));
    assertThat(RetryAfter.of(refusal, Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(3));
    assertThat(RetryAfter.of(refusal, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aDocumentIsTriedAgainWhenTheAccountSaysSoAndNotBefore() {
    faulty.fail(
        any(anyUrl()), Toxin.error(503, "ServerBusy").withHeader("x-ms-retry-after-ms", "1500"));
    long began = System.nanoTime();
    assertThatThrownBy(() -> documents.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("503 ServerBusy; the service is busy");
    assertThat(took(began)).isGreaterThanOrEqualTo(Duration.ofMillis(3_000));
    List<Long> asked =
        faulty.requests().stream().map(request -> request.getLoggedDate().getTime()).toList();
    assertThat(asked).hasSize(3);
    assertThat(asked.get(1) - asked.get(0)).isGreaterThanOrEqualTo(1_450);
    assertThat(asked.get(2) - asked.get(1)).isGreaterThanOrEqualTo(1_450);
    assertThat(host.recordedMeters.count("roost.storage.calls", "cause", "lock")).isEqualTo(3);
    assertThat(host.recordedMeters.count("roost.storage.failures", "cause", "lock")).isEqualTo(3);
  }

  @Test
  void aDocumentIsReadWhenOneAnswerWasAFailure() throws IOException {
    documents.write(path, "content");
    faulty.failOnce(get(anyUrl()), Toxin.error(500, "InternalError"));
    assertThat(documents.read(path).orElseThrow().content()).isEqualTo("content");
    assertThat(host.recordedMeters.count("roost.storage.failures", "cause", "lock")).isEqualTo(1);
  }

  @Test
  void aClockThatIsWrongIsToldAsSuch() {
    ResponseDefinitionBuilder refusal =
        Toxin.error(403, "AuthenticationFailed")
            .withHeader("Date", "Sun, 22 Nov 2020 21:00:00 GMT");
    faulty.fail(any(anyUrl()), refusal);
    assertThatThrownBy(() -> leases.acquire(path, PERIOD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403")
        .hasMessageContaining("; this machine's clock is ")
        .hasMessageEndingWith(" min ahead of the service's: set it");
  }
}
