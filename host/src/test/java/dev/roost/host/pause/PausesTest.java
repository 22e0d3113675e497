package dev.roost.host.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.Health;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts of one app, on a clock that stands still. */
class PausesTest {
  private static final String PATH = "azure-webjobs-hosts/roost/testhost/pauses.json";

  private final TestHost host = new TestHost();
  private final List<Set<String>> obeyed = new ArrayList<>();
  private final List<Set<String>> obeyedByOther = new ArrayList<>();
  private Pauses pauses;
  private Pauses other;

  @BeforeEach
  void start() {
    host.development = false;
    host.values.put("AzureWebJobsStorage", "UseDevelopmentStorage=true");
    pauses = new Pauses(host, obeyed::add);
    other = new Pauses(host, obeyedByOther::add);
    pauses.start();
    other.start();
    pass(Duration.ZERO);
  }

  private void pass(Duration time) {
    host.manualClock.advance(time);
  }

  private Instant in(Duration time) {
    return host.manualClock.now().plus(time);
  }

  @Test
  void aPauseIsObeyedHereAtOnceAndByTheOthersSoon() throws IOException {
    pauses.pause(new Pause("Orders", in(Duration.ofMinutes(10)), "repairs"));
    assertThat(obeyed).containsExactly(Set.of("Orders"));
    assertThat(obeyedByOther).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(obeyedByOther).containsExactly(Set.of("Orders"));
    assertThat(other.of("ORDERS")).map(Pause::reason).contains("repairs");
    assertThat(other.of("Other")).isEmpty();
  }

  @Test
  void aPauseEndsOnTimeOnEveryHost() throws IOException {
    pauses.pause(new Pause("Orders", in(Duration.ofSeconds(25)), ""));
    pauses.pause(new Pause("Bills", in(Duration.ofMinutes(5)), ""));
    pass(Duration.ofSeconds(24));
    assertThat(obeyedByOther.getLast()).containsExactly("Bills", "Orders");
    pass(Duration.ofSeconds(1));
    assertThat(obeyed.getLast()).containsExactly("Bills");
    assertThat(obeyedByOther.getLast()).containsExactly("Bills");
    assertThat(pauses.of("Orders")).isEmpty();
  }

  @Test
  void aPauseSurvivesARestart() throws IOException {
    pauses.pause(new Pause("Orders", in(Duration.ofMinutes(10)), ""));
    List<Set<String>> afterRestart = new ArrayList<>();
    Pauses restarted = new Pauses(host, afterRestart::add);
    restarted.start();
    pass(Duration.ZERO);
    restarted.awaitKnown(Duration.ZERO);
    assertThat(afterRestart).containsExactly(Set.of("Orders"));
  }

  @Test
  void aPauseCanBeEndedEarlyByAnyHost() throws IOException {
    pauses.pause(new Pause("Orders", in(Duration.ofMinutes(10)), ""));
    other.resume("orders");
    pass(Duration.ofSeconds(10));
    assertThat(obeyed.getLast()).isEmpty();
    assertThat(host.stateStore.read(PATH).orElseThrow().content()).doesNotContain("Orders");
  }

  @Test
  void whatWasKnownHoldsWhileTheDocumentCannotBeRead() throws IOException {
    pauses.pause(new Pause("Orders", in(Duration.ofMinutes(10)), ""));
    host.stateStore.write(PATH, "{\"pauses\": {\"Orders\": {\"until\": \"soon\"}}}");
    pass(Duration.ofSeconds(10));
    assertThat(pauses.of("Orders")).isPresent();
    assertThat(pauses.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThatThrownBy(() -> pauses.resume("Orders"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("delete it");
    host.stateStore.delete(PATH);
    pass(Duration.ofSeconds(10));
    assertThat(pauses.of("Orders")).isEmpty();
    assertThat(pauses.health()).isEqualTo(Health.UP);
  }
}
