package dev.roost.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.roost.spi.BindingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissedHookTest {
  private final TimerBench bench = new TimerBench("0 */5 * * * *");
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/missed",
        exchange -> {
          received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.poll(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/missed?code=secret";
  }

  /** The holder can't claim because its storage is gone. */
  private void miss() throws Exception {
    var store = bench.breakable();
    bench.start();
    store.broken = () -> true;
    bench.advance("PT6M1S");
  }

  @Test
  void isToldOfAMissedOccurrenceAsJson() throws Exception {
    bench.host.values.put("HOOK", url());
    bench.with("missedWebhook", "%HOOK%");
    miss();
    assertThat(received).hasSize(1);
    assertThat(received.getFirst())
        .hasToString(
            "{\"event\":\"timer.missed\",\"function\":\"Tick\",\"schedule\":\"0 */5 * * * *\","
                + "\"timeZone\":\"Etc/UTC\",\"scheduled\":\"2026-01-01T00:05:00Z\","
                + "\"noticed\":\"2026-01-01T00:06:00Z\",\"hostId\":\"testhost\","
                + "\"instance\":\"test-instance\"}");
    assertThat(bench.host.recordedMeters.count("roost.timer.missed", "function", "Tick"))
        .isEqualTo(1);
  }

  @Test
  void isToldOnceHoweverManyHostsStandBy() throws Exception {
    bench.with("missedWebhook", url()).start();
    List<MissedWatch> watches =
        List.of(bench.standby("one"), bench.standby("two"), bench.standby("three"));
    bench.kill();
    bench.advance("PT6M1S");
    assertThat(watches).allMatch(watch -> watch.told().equals(TimerBench.at("00:05:00")));
    assertThat(received).hasSize(1);
    bench.start();
    bench.advance("PT10M");
    bench.kill();
    bench.advance("PT10M");
    assertThat(received).as("%s", received).hasSize(2);
    assertThat(received.getLast().get("scheduled").asText()).isEqualTo("2026-01-01T00:20:00Z");
  }

  @Test
  void isToldByWhoWroteTheNoticeAlsoWhenTheAnswerToItWasLost() throws Exception {
    Timer timer = TimerTriggers.timer(bench.context());
    MissedNotice one = new MissedNotice(timer, "one");
    MissedNotice other = new MissedNotice(timer, "other");
    assertThat(one.isOurs(TimerBench.at("00:05:00"))).isTrue();
    assertThat(one.isOurs(TimerBench.at("00:05:00"))).isTrue();
    assertThat(other.isOurs(TimerBench.at("00:05:00"))).isFalse();
    assertThat(other.isOurs(TimerBench.at("00:00:00"))).as("an earlier one").isFalse();
    assertThat(other.isOurs(TimerBench.at("00:10:00"))).isTrue();
  }

  @Test
  void isTriedAgainAFewTimesWhileItsServerFails() throws Exception {
    answers.addAll(List.of(500, 429, 503, 503));
    bench.with("missedWebhook", url());
    miss();
    bench.advance("PT1M");
    assertThat(received).hasSize(3);
  }

  @Test
  void isNotTriedAgainWhenItRefuses() throws Exception {
    answers.add(403);
    bench.with("missedWebhook", url());
    miss();
    bench.advance("PT1M");
    assertThat(received).hasSize(1);
  }

  @Test
  void maybeOneForAllFunctionsThatAFunctionSwitchesOff() throws Exception {
    bench.host.roost.put(
        "timers", JsonNodeFactory.instance.objectNode().put("missedWebhook", url()));
    miss();
    assertThat(received).hasSize(1);
    bench.with("missedWebhook", "");
    miss();
    assertThat(received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/x", "example.org", "http://", "https://a b/c"})
  void isAnHttpUrl(String url) {
    bench.with("missedWebhook", url);
    assertThatThrownBy(() -> TimerSettings.read(bench.context()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("no http or https URL")
        .hasMessageNotContaining(url);
  }
}
