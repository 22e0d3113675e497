package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockRegisterTest {
  private static final String PATH = "azure-webjobs-hosts/roost/testhost/locks";

  private final TestHost one = new TestHost();
  private final TestHost other = new TestHost();

  LockRegisterTest() {
    one.instanceId = "one";
    other.instanceId = "other";
    other.stateStore = one.stateStore;
  }

  private static LockRegister.Entry entry(String holder) {
    return new LockRegister.Entry(
        holder,
        "keeper of " + holder,
        "lease-1",
        "boot/ns/0/1/2",
        Instant.EPOCH,
        Duration.ofSeconds(15));
  }

  @Test
  void eachHostReplacesOnlyItsOwnLocks() throws IOException {
    new LockRegister(one).publish("keeper of one", Map.of("A", entry("one"), "B", entry("one")));
    new LockRegister(other).publish("keeper of other", Map.of("C", entry("other")));
    new LockRegister(one).publish("keeper of one", Map.of("B", entry("one")));
    assertThat(new LockRegister(other).read())
        .isEqualTo(Map.of("B", entry("one"), "C", entry("other")));
  }

  @Test
  void aLockThatChangedHandsIsItsNewHolders() throws IOException {
    new LockRegister(one).publish("keeper of one", Map.of("A", entry("one")));
    new LockRegister(other).publish("keeper of other", Map.of("A", entry("other")));
    assertThat(new LockRegister(one).read()).isEqualTo(Map.of("A", entry("other")));
  }

  @Test
  void aDocumentThatCannotBeReadSaysNothingAndIsReplaced() throws IOException {
    one.stateStore.write(PATH, "{\"locks\":{\"A\":{\"renewed\":\"soon\"}}}");
    assertThat(new LockRegister(one).read()).isEmpty();
    one.stateStore.write(PATH, "{");
    new LockRegister(one).publish("keeper of one", Map.of("A", entry("one")));
    assertThat(new LockRegister(one).read()).containsOnlyKeys("A");
  }
}
