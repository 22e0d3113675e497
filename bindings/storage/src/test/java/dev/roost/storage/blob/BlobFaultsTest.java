package dev.roost.storage.blob;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.roost.spi.Health;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.FaultyAzurite;
import dev.roost.testkit.SkewedClock;
import dev.roost.testkit.TestHost;
import dev.roost.testkit.Toxin;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the blob trigger does while single calls on a blob's way to its function fail. */
class BlobFaultsTest {
  private final BlobAccount account = new BlobAccount();
  private final FaultyAzurite faulty = new FaultyAzurite(Azurite.shared());
  private final String container = BlobAccount.unique("files");

  @AfterEach
  void stop() {
    faulty.close();
  }

  private TestHost host() {
    TestHost host = account.host();
    host.values.put("AzureWebJobsStorage", faulty.connectionString());
    return host;
  }

  /** One step of a blob's way, and how it fails. */
  enum Step {
    LISTING(container -> get(urlMatching(".*" + container + ".*comp=list.*")), 500),
    RECEIPT_IS_MADE_BY_ANOTHER(_ -> put(urlMatching(".*blobreceipts[^?]*")), 409),
    RECEIPT_REFUSED(_ -> put(urlMatching(".*blobreceipts[^?]*")), 503),
    RECEIPT_LEASED(_ -> put(urlMatching(".*blobreceipts.*comp=lease.*")), 409),
    RECEIPT_CHANGED(_ -> put(urlMatching(".*blobreceipts.*comp=lease.*")), 412),
    MESSAGE_NOT_SENT(_ -> post(urlMatching(".*/messages.*")), 500),
    RECEIPT_NOT_COMPLETED(_ -> put(urlMatching(".*blobreceipts.*comp=metadata.*")), 500),
    QUEUE_NOT_ASKED(_ -> get(urlMatching(".*/messages.*")), 503),
    BLOB_NOT_LOOKED_AT(container -> head(urlMatching(".*" + container + ".*")), 500);

    private final Function<String, MappingBuilder> request;
    private final int status;

    Step(Function<String, MappingBuilder> request, int status) {
      this.request = request;
      this.status = status;
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void losesNoBlobWhateverStepFails(Step step) throws Exception {
    account.put(container, "a", "one");
    faulty.fail(step.request.apply(container), Toxin.error(step.status, "Refused"));
    try (BlobHost host = new BlobHost(host()).function("Copy", "path", container).start()) {
      Await.until(
          "the step was reached",
          BlobHost.LIMIT,
          () -> faulty.requests().stream().anyMatch(request -> isStep(step, request)));
      faulty.heal();
      account.put(container, "b", "two");
      Await.until("both", BlobHost.LIMIT, () -> host.texts.containsAll(List.of("one", "two")));
      // Between message and receipt at-least-once is all that can be promised.
      if (step != Step.RECEIPT_NOT_COMPLETED) {
        assertThat(host.texts).doesNotHaveDuplicates();
      }
      Await.until("up", BlobHost.LIMIT, () -> host.source().health().equals(Health.UP));
    }
  }

  private boolean isStep(Step step, LoggedRequest request) {
    return step.request.apply(container).build().getRequest().match(request).isExactMatch();
  }

  @Test
  void aBusyAccountIsLeftAloneForAsLongAsItAsks() throws Exception {
    account.put(container, "a", "one");
    MappingBuilder listing = get(urlMatching(".*" + container + ".*comp=list.*"));
    faulty.fail(listing, Toxin.error(503, "ServerBusy").withHeader("Retry-After", "5"));
    try (BlobHost host = new BlobHost(host()).function("Copy", "path", container).start()) {
      Await.until("asked twice", BlobHost.LIMIT, () -> listings().size() == 2);
      assertThat(listings().get(1) - listings().get(0)).isGreaterThanOrEqualTo(4_900);
      assertThat(host.source().health().reason()).contains("503 ServerBusy");
      faulty.heal();
      host.awaitRuns(1);
    }
  }

  private List<Long> listings() {
    return faulty.requests().stream()
        .filter(request -> request.getUrl().contains("comp=list"))
        .map(request -> request.getLoggedDate().getTime())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aHostWhoseClockIsTenMinutesOffRunsEveryVersionOnce(int minutes) throws Exception {
    TestHost same = account.host();
    same.functionSettings.put("Now", JsonNodeFactory.instance.objectNode().put("startFrom", "now"));
    account.put(container, "old", "old");
    BlobHost host = new BlobHost(same);
    same.clock = new SkewedClock(same.clock, Duration.ofMinutes(minutes));
    try (host) {
      host.function("All", "path", container).function("Now", "path", container).start();
      host.awaitRuns(1);
      for (String text : List.of("one", "two")) {
        account.put(container, "a", text);
        Await.until(text + " for both", BlobHost.LIMIT, () -> count(host, text) == 2);
      }
    }
    try (BlobHost again = new BlobHost(same)) {
      same.clock = new SkewedClock(same.clock, Duration.ofMinutes(-minutes));
      again.function("All", "path", container).function("Now", "path", container).start();
      account.put(container, "b", "three");
      again.awaitRuns(2);
      assertThat(again.texts).containsOnly("three");
    }
    assertThat(count(host, "one")).isEqualTo(2);
    assertThat(count(host, "two")).isEqualTo(2);
  }

  private static long count(BlobHost host, String text) {
    return host.texts.stream().filter(text::equals).count();
  }
}
