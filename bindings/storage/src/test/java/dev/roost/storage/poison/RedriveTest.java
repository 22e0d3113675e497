package dev.roost.storage.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Source;
import dev.roost.storage.blob.BlobMessage;
import dev.roost.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PoisonLab lab = new PoisonLab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  /** Runs Orders until it is closed; every message ends as told. */
  private final class Consumer implements AutoCloseable {
    final Set<String> bodies = ConcurrentHashMap.newKeySet();
    final AtomicInteger runs = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Consumer(Outcome outcome) throws Exception {
      Source.Pull source = lab.orders();
      thread =
          Thread.ofPlatform()
              .start(() -> {
                while (!stopped.get()) {
                  try {
                    for (Delivery delivery : source.poll(32)) {
                      bodies.add(((Payload.Text) delivery.payload()).value());
                      runs.incrementAndGet();
                      delivery.settle(outcome);
                    }
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
    }

    @Override
    public void close() {
      stopped.set(true);
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void bringsBackHundredsWhileAConsumerRuns() throws Exception {
    lab.strangersPoison(300);
    lab.queue(lab.queue);

    try (Consumer consumer = new Consumer(new Outcome.Succeeded(Payload.EMPTY))) {
      assertThat(lab.poison("redrive", lab.queue, "--all").out()).startsWith("300 redriven");
      Await.until("all ran", LIMIT, () -> consumer.bodies.size() == 300);
      Await.until("all are done", LIMIT, () -> PoisonLab.count(lab.queue(lab.queue)) == 0);
      assertThat(consumer.runs).hasValue(300);
    }
    assertThat(PoisonLab.count(lab.poisonQueue())).isZero();
  }

  @Test
  void leavesAloneWhatBecomesPoisonMeanwhile() throws Exception {
    lab.strangersPoison(60);
    lab.queue(lab.queue);
    Await.until("a later second", LIMIT, () -> lab.time.now().getNano() > 900_000_000);
    Outcome permanent =
        new Outcome.Failed(new IllegalStateException("again"), true, Optional.empty());

    try (Consumer consumer = new Consumer(permanent)) {
      // Slow enough that some of them are poison again long before the end.
      assertThat(lab.poison("redrive", lab.queue, "--all", "--rate", "30").exit()).isZero();
      Await.until("all failed again", LIMIT, () -> PoisonLab.count(lab.queue(lab.queue)) == 0);
      assertThat(consumer.runs.get()).isBetween(60, 90);
    }
    assertThat(PoisonLab.visible(lab.poisonQueue())).hasSize(60);
  }

  @Test
  void losesNothingWhenItDiesBetweenPutAndDelete() throws Exception {
    lab.makePoison(new IllegalStateException("no stock"), "order 1");
    PoisonPlace place = PoisonPlace.find(lab.host, lab.functions, lab.queue, Optional.empty());
    Origin dying =
        new Origin() {
          @Override
          public String queue() {
            return place.origin().queue();
          }

          @Override
          public Optional<String> refusal(PoisonMessage message) {
            return Optional.empty();
          }

          @Override
          public void put(String wire) throws IOException {
            place.origin().put(wire);
            throw new IOException("killed here");
          }
        };
    PoisonPlace deadly =
        new PoisonPlace(place.account(), place.queue(), dying, place.function(), false);

    try (PoisonDesk desk = new PoisonDesk(lab.host, deadly)) {
      PoisonDesk.Fate fate = desk.redrive(1000);
      assertThatThrownBy(() -> desk.settle(open(), Integer.MAX_VALUE, false, fate, new Tally()))
          .hasMessage("killed here");
    }

    assertThat(PoisonLab.visible(lab.queue(lab.queue))).hasSize(1);
    assertThat(PoisonLab.visible(lab.poisonQueue())).as("still poison, given back").hasSize(1);
    assertThat(lab.host.stateStore.list("azure-webjobs-hosts/roost/poison/" + lab.queue, 10))
        .as("and its record is there")
        .hasSize(1);
  }

  private static PoisonFilter open() {
    return new PoisonFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void sharesTheWorkOfTwoDesksWithoutDoingItTwice() throws Exception {
    lab.strangersPoison(120);
    AtomicInteger redriven = new AtomicInteger();
    List<Thread> desks =
        List.of("a", "b").stream()
            .map(_ ->
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        redriven.addAndGet(
                            lab.poison("redrive", lab.queue, "--all", "--json")
                                .json()
                                .path("redriven")
                                .size());
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }))
            .toList();
    for (Thread desk : desks) {
      desk.join();
    }

    assertThat(redriven).hasValue(120);
    assertThat(PoisonLab.visible(lab.queue(lab.queue))).hasSize(120);
    assertThat(PoisonLab.count(lab.poisonQueue())).isZero();
  }

  @Test
  void putsPoisonBlobsIntoTheInternalQueueOfTheHost() throws Exception {
    lab.function("Thumb" + lab.host.hostId, "blobTrigger", "path", "pictures/{name}");
    QueueClient poison = lab.queue(BlobMessage.POISON);
    String ours = "Thumb" + lab.host.hostId;
    String known = blob(ours, "a.png");
    poison.sendMessage(PoisonLab.wire(known));
    poison.sendMessage(PoisonLab.wire(blob("Gone" + lab.host.hostId, "b.png")));

    assertThat(lab.poison("list", ours).out()).contains("blob pictures/a.png", "1 of");
    assertThat(lab.poison("redrive", ours, "--all").out())
        .startsWith("1 redriven to queue 'azure-webjobs-blobtrigger-" + lab.host.hostId);
    assertThat(
            lab.poison("redrive", "webjobs-blobtrigger", "--function", "gone" + lab.host.hostId)
                .out())
        .contains("is left alone: the app has no blob function 'Gone" + lab.host.hostId + "'");

    List<QueueMessageItem> back =
        PoisonLab.visible(lab.queue("azure-webjobs-blobtrigger-" + lab.host.hostId));
    assertThat(back).extracting(PoisonLab::body).containsExactly(known);
    assertThat(lab.poison("list", BlobMessage.POISON, "--limit", "1000").out())
        .contains("Gone" + lab.host.hostId)
        .doesNotContain(ours);
  }

  /** As the official host writes it. */
  private static String blob(String function, String name) {
    return """
    {
      "Type": "BlobTrigger",
      "FunctionId": "Host.Functions.%s",
      "BlobType": "BlockBlob",
      "ContainerName": "pictures",
      "BlobName": "%s",
      "ETag": "\\"0x8DB\\""
    }\
    """
        .formatted(function, name);
  }
}
