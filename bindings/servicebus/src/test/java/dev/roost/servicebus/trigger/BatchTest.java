package dev.roost.servicebus.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.emulator.junit.ServiceBusEmulatorExtension;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BatchTest {
  @RegisterExtension
  static final ServiceBusEmulatorExtension BUS = new ServiceBusEmulatorExtension();

  private static final Outcome OK = new Outcome.Succeeded(Payload.EMPTY);

  private final BusLab lab = new BusLab(BUS.emulator());

  @BeforeEach
  void asksForBatches() {
    lab.trigger.put("cardinality", "MANY");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  @Test
  void deliversWhatWaitsAsOneBatch() throws Exception {
    lab.withQueue().send("1", "2", "3");
    Source.Pull source = lab.open();

    Delivery batch = BusLab.one(source);

    assertThat(source.concurrency()).isEqualTo(1);
    assertThat(texts(batch)).containsExactly("1", "2", "3");
    assertThat(batch.data().values().keySet()).contains("MessageIdArray", "DeliveryCountArray");
    assertThat(((Payload.Json) batch.data().exactly("DeliveryCountArray").orElseThrow()).value())
        .hasToString("[1,1,1]");
    batch.settle(OK);
    assertThat(BUS.counts(lab.queue).active() + BUS.counts(lab.queue).locked()).isZero();
  }

  @Test
  void settlesEachMessageByWhatTheFunctionSaysOfIt() throws Exception {
    lab.withQueue().send("good", "bad", "hopeless");
    Source.Pull source = lab.open();

    BusLab.one(source)
        .settle(
            new Outcome.Partial(
                Map.of(
                    1, new Outcome.Failed(new IllegalStateException("no")),
                    2,
                        new Outcome.Failed(
                            new IllegalArgumentException("never"), true, Optional.empty()))));

    Delivery again = BusLab.one(source);
    assertThat(texts(again)).containsExactly("bad");
    assertThat(again.attempt()).isEqualTo(2);
    again.settle(OK);
    assertThat(lab.receive(lab.queue, SubQueue.DEAD_LETTER_QUEUE).getDeadLetterErrorDescription())
        .isEqualTo("never");
  }

  @Test
  void givesAllBackWhenTheFunctionFails() throws Exception {
    lab.withQueue().send("1", "2");
    Source.Pull source = lab.open();

    BusLab.one(source).settle(new Outcome.Failed(new IllegalStateException("no")));

    lab.await("both came again", counts -> counts.active() + counts.locked() == 2);
    Delivery again = BusLab.one(source);
    assertThat(again.attempt()).isEqualTo(2);
    again.settle(OK);
  }

  @Test
  void takesNoMoreThanABatchMayHold() throws Exception {
    lab.options().put("maxMessageBatchSize", 2);
    lab.withQueue().send("1", "2", "3");

    assertThat(texts(BusLab.one(lab.open()))).containsExactly("1", "2");
    lab.await("one left", counts -> counts.active() == 1);
  }

  @Test
  void waitsForTheLeastThatABatchIsToHold() throws Exception {
    lab.options().put("minMessageBatchSize", 2).put("maxBatchWaitTime", "00:01:00");
    lab.withQueue().send("1");
    Source.Pull source = lab.open();
    assertThat(source.poll(1)).isEmpty();
    lab.await("the first came", counts -> counts.locked() == 1);
    assertThat(source.poll(1)).isEmpty();

    lab.send("2");

    assertThat(texts(BusLab.one(source))).containsExactly("1", "2");
  }

  @Test
  void waitsNoLongerThanItMayForABatch() throws Exception {
    lab.options().put("minMessageBatchSize", 2).put("maxBatchWaitTime", "00:00:00.2");
    lab.withQueue().send("1");

    assertThat(texts(BusLab.one(lab.open()))).containsExactly("1");
  }

  @Test
  void renewsAllOfABatch() throws Exception {
    lab.withQueue().send("1", "2");
    Delivery batch = BusLab.one(lab.open());

    assertThat(batch.renewEvery()).isPresent();
    assertThat(batch.renew()).isTrue();
    BUS.emulator().expireLocks(lab.queue);
    assertThat(batch.renew()).isFalse();
  }

  private static List<String> texts(Delivery batch) {
    return ((Payload.Batch) batch.payload())
        .items().stream().map(item -> ((Payload.Text) item).value()).toList();
  }
}
