package dev.roost.storage.queue;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a queue function does while its storage fails, seen through a proxy before Azurite. */
final class QueueFaultsTest {
  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);
  private static final Outcome FAILED =
      new Outcome.Failed(new IllegalStateException("no such order"));

  private final QueueLab lab = new QueueLab();
  private final WireMockServer proxy =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  @BeforeEach
  void startProxy() {
    proxy.start();
    heal();
    lab.host.values.put("AzureWebJobsStorage", Azurite.shared().through("Queue", proxy.port()));
    lab.settings().put("receiveLease", "00:00:10");
    lab.settings().put("maxDequeueCount", 1);
  }

  @AfterEach
  void stopProxy() {
    proxy.stop();
  }

  private void heal() {
    proxy.resetAll();
    proxy.stubFor(
        any(anyUrl())
            .atPriority(9)
            .willReturn(
                aResponse().proxiedFrom("http://127.0.0.1:" + Azurite.shared().port("Queue"))));
  }

  private void fail(MappingBuilder request, ResponseDefinitionBuilder response) {
    proxy.stubFor(request.atPriority(1).willReturn(response));
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("x-ms-error-code", code)
        .withHeader("Content-Type", "application/xml")
        .withBody("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void saysThatTheServiceIsBusyAfterOneTryAndGoesOnWhenItIsNot(int status) throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();
    fail(get(anyUrl()), error(status, "ServerBusy").withHeader("Retry-After", "30"));

    assertThatThrownBy(() -> source.poll(1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "could not receive from queue '" + lab.name + "': " + status + " ServerBusy");
    proxy.verify(1, getRequestedFor(anyUrl()));
    heal();

    QueueLab.poll(source, 1).getFirst().settle(OK);
    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void survivesAConnectionThatBreaks(Fault fault) throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();
    fail(get(anyUrl()), aResponse().withFault(fault));

    assertThatThrownBy(() -> source.poll(1)).isInstanceOf(IOException.class);
    heal();

    QueueLab.poll(source, 1);
  }

  @Test
  void survivesAnAnswerThatIsCutShort() throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();
    fail(
        get(anyUrl()),
        aResponse()
            .withHeader("Content-Type", "application/xml")
            .withBody("<?xml version=\"1.0\"?><QueueMessagesList><QueueMessage><Mess"));

    assertThatThrownBy(() -> source.poll(1)).isInstanceOf(IOException.class);
    heal();

    QueueLab.poll(source, 1);
  }

  @Test
  void tellsAWrongKeyByItsSettingsRemedyAndNotByTheKey() throws Exception {
    String wrong = "d3Jvbmcga2V5IG9mIG5vYm9keQ==";
    lab.host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString(wrong));

    assertThatThrownBy(() -> lab.open().poll(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403")
        .hasMessageContaining("check the key or the role of the connection")
        .hasMessageNotContaining(wrong);
  }

  @Test
  void deletesAtASecondTry() throws Exception {
    lab.send("order 1");
    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();
    proxy.stubFor(
        delete(anyUrl())
            .atPriority(1)
            .inScenario("once")
            .whenScenarioStateIs("Started")
            .willReturn(error(500, "InternalError"))
            .willSetStateTo("over"));

    delivery.settle(OK);

    proxy.verify(2, deleteRequestedFor(anyUrl()));
    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @Test
  void bringsAMessageBackThatCouldNotBeDeleted() throws Exception {
    lab.settings().put("maxDequeueCount", 5);
    lab.send("order 1");
    Source.Pull source = lab.open();
    Delivery delivery = QueueLab.poll(source, 1).getFirst();
    fail(delete(anyUrl()), error(500, "InternalError"));

    assertThatThrownBy(() -> delivery.settle(OK))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not delete message ");
    proxy.verify(3, deleteRequestedFor(anyUrl()));
    heal();

    Delivery again = QueueLab.poll(source, 1).getFirst();
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void triesARenewalAgainThatFailed() throws Exception {
    lab.send("order 1");
    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();
    fail(put(anyUrl()), error(500, "InternalError"));

    assertThatThrownBy(delivery::renew)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not renew message ");
    heal();

    assertThat(delivery.renew()).isTrue();
    delivery.settle(OK);
    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 MessageNotFound", "400 PopReceiptMismatch"})
  void leavesALostMessageAlone(String answer) throws Exception {
    lab.send("order 1");
    Delivery delivery = QueueLab.poll(lab.open(), 1).getFirst();
    String[] parts = answer.split(" ");
    fail(put(anyUrl()), error(Integer.parseInt(parts[0]), parts[1]));

    assertThat(delivery.renew()).isFalse();
    proxy.resetRequests();
    delivery.settle(FAILED);

    proxy.verify(0, anyRequestedFor(anyUrl()));
    assertThat(QueueLab.count(lab.queue())).isEqualTo(1);
  }

  @Test
  void keepsAMessageThatCouldNotBeCopiedToPoison() throws Exception {
    lab.send("order 1");
    Source.Pull source = lab.open();
    Delivery delivery = QueueLab.poll(source, 1).getFirst();
    fail(post(anyUrl()), error(500, "InternalError"));

    assertThatThrownBy(() -> delivery.settle(FAILED))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("could not send to queue '" + lab.name + "-poison': 500");
    assertThat(QueueLab.count(lab.queue())).isEqualTo(1);
    heal();

    Await.until(
        "it is poison without another run",
        QueueLab.LIMIT,
        () -> {
          assertThat(source.poll(1)).isEmpty();
          return QueueLab.count(lab.queue()) == 0;
        });
    assertThat(QueueLab.drain(lab.poison())).map(QueueLab::text).containsExactly("order 1");
  }

  @Test
  void givesUpOnAServiceThatDoesNotAnswer() throws Exception {
    try (var silent = new ServerSocket(0)) { // accepts by its backlog and says nothing
      lab.host.values.put(
          "AzureWebJobsStorage", Azurite.shared().through("Queue", silent.getLocalPort()));
      long before = System.nanoTime();

      assertThatThrownBy(() -> lab.open().poll(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(25));
    }
  }

  @Test
  void endsAPollThatIsInterrupted() throws Exception {
    try (var silent = new ServerSocket(0)) {
      lab.host.values.put(
          "AzureWebJobsStorage", Azurite.shared().through("Queue", silent.getLocalPort()));
      FutureTask<List<Delivery>> poll = new FutureTask<>(() -> lab.open().poll(1));
      Thread thread = Thread.ofPlatform().start(poll);
      try (var accepted = silent.accept()) {
        assertThat(accepted.isConnected()).isTrue();
        thread.interrupt();

        assertThatThrownBy(() -> poll.get(5, TimeUnit.SECONDS))
            .hasCauseInstanceOf(InterruptedException.class);
      }
    }
  }

  @Test
  void receivesAgainAfterAnOutage() throws Exception {
    try (Azurite azurite = Azurite.launch()) {
      lab.host.values.put("AzureWebJobsStorage", azurite.connectionString());
      new QueueOutput().open(lab.context()).write(new Payload.Text("order 1"), lab.data());
      Source.Pull source = lab.open();
      assertThat(source.poll(1)).hasSize(1).first().satisfies(d -> d.settle(OK));
      new QueueOutput().open(lab.context()).write(new Payload.Text("order 2"), lab.data());

      azurite.stop();
      assertThatThrownBy(() -> source.poll(1)).isInstanceOf(IOException.class);
      azurite.start();

      Delivery delivery = QueueLab.poll(source, 1).getFirst();
      assertThat(delivery.payload()).isEqualTo(new Payload.Text("order 2"));
    }
  }
}
