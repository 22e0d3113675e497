package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.Concurrency;
import dev.roost.spi.Delivery;
import dev.roost.spi.Demand;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueueBatchTest {
  private static final Outcome.Failed FAILED =
      new Outcome.Failed(new IllegalStateException("no such order"));

  private final QueueLab lab = new QueueLab();

  QueueBatchTest() {
    lab.trigger.put("batch", true);
  }

  private void send(int count) {
    IntStream.range(0, count).forEach(i -> lab.send("order " + i));
  }

  private Delivery receive(Source.Pull source) throws Exception {
    return QueueLab.poll(source, 1).getFirst();
  }

  @Test
  void leavesTheNumberOfBatchesToTheHostUnlessTheAppWroteSizes() throws Exception {
    lab.host.concurrency = Concurrency.CEILED;
    assertThat(lab.open().ceiling()).isEmpty();
    lab.settings().put("batchSize", 4).put("newBatchThreshold", 8);
    send(10);
    Source.Pull source = lab.open();
    assertThat(source.ceiling()).hasValue(3);
    assertThat(source.unsettled()).as("in batches").hasValue(3);
  }

  @Test
  void deliversUpToABatchAsOne() throws Exception {
    lab.settings().put("batchSize", 32);
    send(40);
    Source.Pull source = lab.open();

    assertThat(source.demand()).isEqualTo(new Demand(1, 1));
    Delivery first = receive(source);
    Delivery second = receive(source);

    assertThat(((Payload.Batch) first.payload()).items())
        .hasSize(32)
        .startsWith(new Payload.Text("order 0"), new Payload.Text("order 1"));
    assertThat(((Payload.Batch) second.payload()).items()).hasSize(8);
    assertThat(first.details()).isEqualTo(Map.of("MessageCount", "32"));
    assertThat(first.data().values()).containsKeys("IdArray", "DequeueCountArray");
  }

  @Test
  void takesABatchFunctionByItsCardinalityToo() throws Exception {
    lab.trigger.remove("batch");
    lab.trigger.put("cardinality", "MANY");
    send(2);

    assertThat(receive(lab.open()).payload()).isInstanceOf(Payload.Batch.class);
  }

  @Test
  void settlesAllWhenTheFunctionSucceeds() throws Exception {
    send(3);

    Delivery batch = receive(lab.open());
    assertThat(batch.renew()).isTrue();
    batch.settle(new Outcome.Succeeded(Payload.EMPTY));

    assertThat(QueueLab.count(lab.queue())).isZero();
  }

  @Test
  void settlesEachByItsOwnVerdict() throws Exception {
    send(4);
    Source.Pull source = lab.open();
    Outcome.Failed permanent = new Outcome.Failed(FAILED.cause(), true, Optional.empty());

    receive(source).settle(new Outcome.Partial(Map.of(1, FAILED, 3, permanent)));

    Delivery again = receive(source);
    assertThat(((Payload.Batch) again.payload()).items())
        .isEqualTo(List.of(new Payload.Text("order 1")));
    assertThat(QueueLab.drain(lab.poison())).map(QueueLab::text).containsExactly("order 3");
    assertThat(QueueLab.count(lab.queue())).isEqualTo(1);
  }

  @Test
  void failsAllWhenTheFunctionThrows() throws Exception {
    lab.settings().put("maxDequeueCount", 1);
    send(2);

    receive(lab.open()).settle(FAILED);

    assertThat(QueueLab.drain(lab.poison()))
        .map(QueueLab::text)
        .containsExactlyInAnyOrder("order 0", "order 1");
  }

  @Test
  void letsABrokenMessageFailAlone() throws Exception {
    send(1);
    lab.queue().sendMessage("not base64!");
    Source.Pull source = lab.open();

    Delivery batch = receive(source);
    Delivery broken = receive(source);

    assertThat(((Payload.Batch) batch.payload()).items()).hasSize(1);
    assertThat(broken.payload()).isInstanceOf(Payload.Broken.class);
  }
}
