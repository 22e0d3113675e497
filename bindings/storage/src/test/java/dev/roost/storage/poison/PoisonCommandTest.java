package dev.roost.storage.poison;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoisonCommandTest {
  private static final IllegalStateException NO_STOCK = new IllegalStateException("no stock left");

  private final PoisonLab lab = new PoisonLab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private String onlyId() throws Exception {
    return lab.poison("list", lab.queue, "--json").json().at("/messages/0/id").asText();
  }

  @Test
  void listsWhatAHostPoisonedWithoutItsBody() throws Exception {
    lab.makePoison(NO_STOCK, "secret order");

    PoisonLab.Answer answer = lab.poison("list", lab.queue);

    assertThat(answer.exit()).isZero();
    assertThat(answer.out())
        .contains("Orders")
        .contains("java.lang.IllegalStateException: no stock left")
        .contains("1 of 1 messages of queue '" + lab.queue + "-poison'")
        .doesNotContain("secret order");
  }

  @Test
  void showsTheAttemptsAndTheBody() throws Exception {
    lab.makePoison(NO_STOCK, "secret order");

    PoisonLab.Answer answer = lab.poison("show", lab.queue + "-poison", onlyId());

    assertThat(answer.out())
        .contains("it reached the maxDequeueCount of 2")
        .contains("attempt 1", "attempt 2", "invocation run-1", "invocation run-2")
        .contains("at dev.roost.storage.poison.PoisonCommandTest")
        .contains("secret order");
  }

  @Test
  void givesJsonToProgramsAndBodiesOnlyWhenAsked() throws Exception {
    lab.makePoison(NO_STOCK, "secret order");

    JsonNode message = lab.poison("list", "orders", "--json").json().at("/messages/0");

    assertThat(message.path("function").asText()).isEqualTo("Orders");
    assertThat(message.at("/record/attempts")).hasSize(2);
    assertThat(message.has("body")).isFalse();
    assertThat(
            lab.poison("list", "orders", "--json", "--payload")
                .json()
                .at("/messages/0/body")
                .asText())
        .isEqualTo("secret order");
  }

  @Test
  void redrivesToTheSourceForEverAndForgetsTheRecord() throws Exception {
    lab.makePoison(NO_STOCK, "order 1", "order 2");

    PoisonLab.Answer answer = lab.poison("redrive", "Orders", "--all");

    assertThat(answer.out())
        .isEqualTo("2 redriven to queue '%s'%n".formatted(lab.queue).replace("\r", ""));
    List<QueueMessageItem> back = PoisonLab.visible(lab.queue(lab.queue));
    assertThat(back).extracting(PoisonLab::body).containsExactlyInAnyOrder("order 1", "order 2");
    assertThat(back)
        .allMatch(item ->
            item.getExpirationTime().toInstant().isAfter(Instant.parse("9999-01-01T00:00:00Z")));
    assertThat(PoisonLab.count(lab.poisonQueue())).isZero();
    assertThat(lab.host.stateStore.list("azure-webjobs-hosts/roost/poison/" + lab.queue, 10))
        .isEmpty();
  }

  @Test
  void dropsOnlyWhatTheFilterChooses() throws Exception {
    lab.makePoison(NO_STOCK, "order 1");
    lab.makePoison(new IllegalArgumentException("bad order"), "order 2");

    PoisonLab.Answer answer = lab.poison("drop", lab.queue, "--exception", "/Argument.*bad/");

    assertThat(answer.out()).startsWith("1 dropped");
    assertThat(PoisonLab.visible(lab.poisonQueue()))
        .extracting(PoisonLab::body)
        .containsExactly("order 1");
  }

  @Test
  void doesNothingInADryRun() throws Exception {
    lab.strangersPoison(40);

    assertThat(lab.poison("redrive", lab.queue, "--all", "--dry-run").out())
        .startsWith("40 would be redriven");
    assertThat(lab.poison("drop", lab.queue, "--all", "--dry-run", "--limit", "7").out())
        .startsWith("7 would be dropped");
    assertThat(PoisonLab.visible(lab.poisonQueue())).hasSize(40);
    assertThat(PoisonLab.count(lab.queue(lab.queue))).isZero();
  }

  @Test
  void givesBackAtOnceWhatItLookedAt() throws Exception {
    lab.strangersPoison(100);

    JsonNode look = lab.poison("list", lab.queue, "--json", "--limit", "1000").json();

    assertThat(look.path("messages")).hasSize(100);
    assertThat(look.path("complete").asBoolean()).isTrue();
    assertThat(PoisonLab.visible(lab.poisonQueue())).as("another reader gets all").hasSize(100);
  }

  @Test
  void endsAtTheLimitAndSaysSo() throws Exception {
    lab.strangersPoison(70);

    assertThat(lab.poison("list", lab.queue, "--limit", "40").out())
        .contains("40 of 70 messages", "--limit shows more");
  }

  @Test
  void knowsMessagesThatAnotherHostPoisoned() throws Exception {
    lab.strangersPoison(3);

    assertThat(lab.poison("list", lab.queue).out())
        .contains("Orders", "no record: poisoned by another host");
    assertThat(lab.poison("redrive", lab.queue, "--function", "ORDERS").out())
        .startsWith("3 redriven");
    assertThat(PoisonLab.visible(lab.queue(lab.queue))).hasSize(3);
  }

  @Test
  void choosesByTime() throws Exception {
    lab.strangersPoison(2);

    assertThat(lab.poison("list", lab.queue, "--since", "00:05:00").out()).contains("2 of 2");
    assertThat(lab.poison("list", lab.queue, "--until", "00:05:00").out()).contains("0 of 2");
    assertThat(lab.poison("list", lab.queue, "--since", "2020-01-01T00:00:00Z").out())
        .contains("2 of 2");
  }

  @Test
  void keepsToTheRate() throws Exception {
    lab.strangersPoison(11);
    long begin = lab.time.nanoTime();

    lab.poison("redrive", lab.queue, "--all", "--rate", "20");

    assertThat(lab.time.nanoTime() - begin).isGreaterThanOrEqualTo(500_000_000L);
    assertThat(PoisonLab.count(lab.queue(lab.queue))).isEqualTo(11);
  }

  @Test
  void takesEverythingOnlyWhenTold() {
    PoisonLab.Answer answer = lab.poison("drop", lab.queue);

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err()).contains("say --all");
  }

  @Test
  void saysWhatItCantUnderstand() {
    assertThat(lab.poison("list", "x").err()).contains("'x' is not a name for a queue");
    assertThat(lab.poison("list", lab.queue, "--since", "yesterday").err())
        .contains("--since: 'yesterday' is no time");
    assertThat(lab.poison("list", lab.queue, "--exception", "/(/").err())
        .contains("is no regular expression");
    assertThat(lab.poison(new String[0]).err()).contains("list, show, redrive or drop");
    assertThat(lab.poison("list", lab.queue, "--connection", "Nowhere").err())
        .contains("neither 'AzureWebJobsNowhere' nor 'Nowhere' is set");
  }

  @Test
  void findsNothingWhereNothingIsPoison() {
    PoisonLab.Answer answer = lab.poison("list", "desk-never-was");

    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).contains("0 of 0 messages of queue 'desk-never-was-poison'");
  }

  @Test
  void asksWhichConnectionWhenTwoFunctionsListenToTheSameName() {
    lab.host.values.put("Other", lab.host.values.get("AzureWebJobsStorage"));
    lab.function("Others", "queueTrigger", "queueName", lab.queue, "connection", "Other");

    assertThat(lab.poison("list", lab.queue).err()).contains("Say which one is meant");
    assertThat(lab.poison("list", lab.queue, "--connection", "Other").exit()).isZero();
  }
}
