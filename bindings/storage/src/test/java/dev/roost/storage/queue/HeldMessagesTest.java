package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.roost.storage.account.StorageAccounts;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.FaultyAzurite;
import dev.roost.testkit.Toxin;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldMessagesTest {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final FaultyAzurite faulty = new FaultyAzurite(Azurite.shared());
  private final QueueLab lab = new QueueLab();
  private HeldMessages held;
  private LeasedMessage message;

  @BeforeEach
  void holdOne() throws Exception {
    lab.host.values.put("AzureWebJobsStorage", faulty.connectionString());
    held = new HeldMessages(lab.host.waiter(), LEASE);
    lab.send("order 1");
    var account = StorageAccounts.of(lab.host).named(StorageAccounts.DEFAULT);
    message = new LeasedQueue(account, lab.name, LEASE).receive(1).getFirst();
    held.add(message);
  }

  @AfterEach
  void stop() {
    faulty.close();
  }

  @Test
  void renewsWhatWaitsAtHalfItsLease() {
    String first = message.popReceipt();
    lab.host.manualClock.advance(Duration.ofSeconds(29));
    assertThat(message.popReceipt()).isEqualTo(first);
    lab.host.manualClock.advance(Duration.ofSeconds(1));
    String second = message.popReceipt();
    assertThat(second).isNotEqualTo(first);
    lab.host.manualClock.advance(Duration.ofSeconds(30));
    assertThat(message.popReceipt()).isNotEqualTo(second);
  }

  @Test
  void triesARenewalAgainThatFailed() {
    String first = message.popReceipt();
    faulty.fail(WireMock.put(WireMock.anyUrl()), Toxin.error(500, "InternalError"));
    lab.host.manualClock.advance(Duration.ofSeconds(30));
    faulty.heal();
    lab.host.manualClock.advance(Duration.ofSeconds(8));
    assertThat(message.popReceipt()).isNotEqualTo(first);
  }

  @Test
  void givesOutOnAFreshLeaseAndRenewsNoMore() throws IOException {
    assertThat(held.take()).containsSame(message);
    String taken = message.popReceipt();
    lab.host.manualClock.advance(Duration.ofMinutes(5));
    assertThat(message.popReceipt()).isEqualTo(taken);
    assertThat(held.take()).isEmpty();
  }

  @Test
  void keepsWhatCannotBeRenewedNow() throws IOException {
    faulty.fail(WireMock.put(WireMock.anyUrl()), Toxin.error(500, "InternalError"));
    assertThatThrownBy(held::take).isInstanceOf(IOException.class);
    assertThat(held.size()).isEqualTo(1);
    faulty.heal();
    assertThat(held.take()).containsSame(message);
  }

  @Test
  void dropsWhatIsLost() throws IOException {
    lab.queue().clearMessages();
    assertThat(held.take()).isEmpty();
    assertThat(held.size()).isZero();
  }

  @Test
  void givesAllBackWhenItCloses() {
    held.close();
    assertThat(QueueLab.drain(lab.queue())).map(QueueLab::text).containsExactly("order 1");
  }
}
