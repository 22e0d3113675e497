package dev.roost.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusRuleManagerClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.RuleProperties;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.models.SubQueue;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.rules.CorrelationFilter;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.SqlFilter;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics, and the rules of their subscriptions. */
class TopicTest {
  @RegisterExtension static final TestBed BED = new TestBed();

  @Test
  void everySubscriptionGetsItsCopy() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "a", "b"));
    BED.topicSender(topic).sendMessage(new ServiceBusMessage("news"));
    ServiceBusReceiverClient a = BED.subscription(topic, "a");
    a.complete(TestBed.receive(a));

    assertThat(TestBed.receive(BED.subscription(topic, "b")).getBody()).hasToString("news");
  }

  @Test
  void aTopicTakesScheduledMessages() {
    BED.emulator();
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "a"));
    ServiceBusSenderClient sender = BED.topicSender(topic);
    OffsetDateTime later = OffsetDateTime.now().plusHours(1);
    sender.scheduleMessage(new ServiceBusMessage("kept"), later);
    sender.cancelScheduledMessage(
        sender.scheduleMessage(new ServiceBusMessage("cancelled"), later));
    BED.emulator().advance(Duration.ofHours(2));

    assertThat(BED.subscription(topic, "a").peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("kept");
  }

  @Test
  void aSubscriptionHasADeadLetterQueue() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "a"));
    BED.topicSender(topic).sendMessage(new ServiceBusMessage("bad"));
    ServiceBusReceiverClient receiver = BED.subscription(topic, "a");
    receiver.deadLetter(TestBed.receive(receiver));

    ServiceBusReceiverClient letters =
        BED.closing(
            BED.client()
                .receiver()
                .topicName(topic)
                .subscriptionName("a")
                .subQueue(SubQueue.DEAD_LETTER_QUEUE)
                .buildClient());
    assertThat(TestBed.receive(letters).getBody()).hasToString("bad");
  }

  @Test
  void aSubscriptionIsNoPlaceToSendTo() {
    BED.emulator();
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "a"));

    assertThatThrownBy(() -> BED.send(topic + "/subscriptions/a", "x"))
        .isInstanceOf(ServiceBusException.class);
  }

  @Test
  void aCorrelationFilterTakesWhatIsEqual() {
    String topic =
        BED.topic(
            subscription -> subscription.rule("greetings", CorrelationFilter.subject("greeting")));
    ServiceBusSenderClient sender = BED.topicSender(topic);
    sender.sendMessage(new ServiceBusMessage("no").setSubject("farewell"));
    sender.sendMessage(new ServiceBusMessage("yes").setSubject("greeting"));

    assertThat(BED.subscription(topic, "s").peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("yes");
  }

  @Test
  void aCorrelationFilterLooksAtApplicationProperties() {
    String topic =
        BED.topic(subscription ->
            subscription.rule("german", CorrelationFilter.property("country", "de")));
    ServiceBusSenderClient sender = BED.topicSender(topic);
    sender.sendMessages(List.of(in("fr"), in("de"), new ServiceBusMessage("nowhere")));

    assertThat(BED.subscription(topic, "s").peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("de");
  }

  @Test
  void anSqlFilterTakesWhatIsTrue() {
    String topic =
        BED.topic(subscription ->
            subscription.rule(
                "large",
                new SqlFilter("sys.Label = 'order' AND amount >= 100 OR country IN ('ch')")));
    ServiceBusSenderClient sender = BED.topicSender(topic);
    sender.sendMessages(
        List.of(order("large", 250), order("small", 7), in("ch"), new ServiceBusMessage("none")));

    assertThat(BED.subscription(topic, "s").peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("large", "ch");
  }

  @Test
  void anActionChangesTheCopy() {
    String topic =
        BED.topic(subscription ->
            subscription.rule(
                Rule.of("marked", new SqlFilter("amount > 0"))
                    .action("SET sys.Label = 'seen'; SET doubled = amount * 2; REMOVE amount")));
    BED.topicSender(topic).sendMessage(order("a", 21));

    ServiceBusReceivedMessage got = TestBed.receive(BED.subscription(topic, "s"));

    assertThat(got.getSubject()).isEqualTo("seen");
    assertThat(got.getApplicationProperties()).containsEntry("doubled", 42L);
    assertThat(got.getApplicationProperties()).doesNotContainKey("amount");
  }

  @Test
  void rulesWithoutActionsMakeOneCopyTogether() {
    String topic =
        BED.topic(subscription ->
            subscription
                .rule("one", new SqlFilter("amount > 1"))
                .rule("two", new SqlFilter("amount > 2")));
    BED.topicSender(topic).sendMessage(order("a", 3));

    assertThat(BED.subscription(topic, "s").peekMessages(10)).hasSize(1);
  }

  @Test
  void aFilterThatFailsMakesADeadLetter() {
    BED.emulator();
    String topic =
        BED.topic(subscription -> subscription.rule("bad", new SqlFilter("amount / 0 = 1")));
    BED.topicSender(topic).sendMessage(order("a", 3));

    assertThat(BED.emulator().counts(topic + "/subscriptions/s").deadLettered()).isEqualTo(1);
  }

  @Test
  void aNewSubscriptionHasTheDefaultRule() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "s"));

    assertThat(BED.rules(topic, "s").listRules())
        .extracting(RuleProperties::getName)
        .containsExactly("$Default");
  }

  @Test
  void rulesMayBeAddedAndRemoved() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "s"));
    ServiceBusRuleManagerClient rules = BED.rules(topic, "s");
    rules.deleteRule("$Default");
    rules.createRule("large", new CreateRuleOptions(new SqlRuleFilter("amount > 100")));
    ServiceBusSenderClient sender = BED.topicSender(topic);
    sender.sendMessages(List.of(order("small", 1), order("large", 101)));

    assertThat(BED.subscription(topic, "s").peekMessages(10))
        .extracting(TestBed::body)
        .containsExactly("large");
  }

  @Test
  void rulesAreListedAsTheyWereGiven() {
    String topic = BED.topic(subscription -> subscription.rule("none", new SqlFilter("1 = 0")));
    ServiceBusRuleManagerClient rules = BED.rules(topic, "s");
    CorrelationRuleFilter wanted = new CorrelationRuleFilter("c-1").setLabel("greeting");
    wanted.getProperties().put("country", "de");
    rules.createRule("german", new CreateRuleOptions(wanted));
    rules.createRule(
        "changed",
        new CreateRuleOptions(new SqlRuleFilter("a = 1"))
            .setAction(new SqlRuleAction("SET b = 2")));

    List<RuleProperties> listed = rules.listRules().stream().toList();

    assertThat(listed)
        .extracting(RuleProperties::getName)
        .containsExactlyInAnyOrder("none", "german", "changed");
    for (RuleProperties rule : listed) {
      switch (rule.getName()) {
        case "german" -> {
          CorrelationRuleFilter found = (CorrelationRuleFilter) rule.getFilter();
          assertThat(found.getCorrelationId()).isEqualTo("c-1");
          assertThat(found.getLabel()).isEqualTo("greeting");
          assertThat(found.getProperties()).containsEntry("country", "de");
        }
        case "changed" -> {
          assertThat(((SqlRuleFilter) rule.getFilter()).getSqlExpression()).isEqualTo("a = 1");
          assertThat(((SqlRuleAction) rule.getAction()).getSqlExpression()).isEqualTo("SET b = 2");
        }
        default ->
            assertThat(((SqlRuleFilter) rule.getFilter()).getSqlExpression()).isEqualTo("1 = 0");
      }
    }
  }

  @Test
  void aRuleMayNotComeTwice() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "s"));
    ServiceBusRuleManagerClient rules = BED.rules(topic, "s");
    rules.createRule("one", new CreateRuleOptions(new SqlRuleFilter("a = 1")));

    assertThatThrownBy(
            () -> rules.createRule("one", new CreateRuleOptions(new SqlRuleFilter("a = 1"))))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e ->
                assertThat(e.getReason())
                    .isEqualTo(ServiceBusFailureReason.MESSAGING_ENTITY_ALREADY_EXISTS));
  }

  @Test
  void aRuleThatIsNotThereCannotBeRemoved() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "s"));

    assertThatThrownBy(() -> BED.rules(topic, "s").deleteRule("nothing"))
        .isInstanceOf(ServiceBusException.class);
  }

  @Test
  void aFilterThatCannotBeReadIsRefused() {
    String topic = BED.create(TopicConfig.topic(TestBed.unique("t"), "s"));

    assertThatThrownBy(() ->
            BED.rules(topic, "s")
                .createRule("bad", new CreateRuleOptions(new SqlRuleFilter("a = = 1"))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aSubscriptionWithSessionsDeadLettersWhatHasNone() {
    BED.emulator();
    String topic =
        BED.create(
            TopicConfig.topic(TestBed.unique("t"), "plain")
                .with(SubscriptionConfig.of(QueueConfig.queue("s").withSessions())));
    BED.topicSender(topic).sendMessage(new ServiceBusMessage("a"));

    assertThat(BED.emulator().counts(topic + "/subscriptions/plain").active()).isEqualTo(1);
    assertThat(BED.emulator().counts(topic + "/subscriptions/s").deadLettered()).isEqualTo(1);
  }

  private static ServiceBusMessage order(String body, int amount) {
    ServiceBusMessage message = new ServiceBusMessage(body).setSubject("order");
    message.getApplicationProperties().put("amount", amount);
    return message;
  }

  private static ServiceBusMessage in(String country) {
    ServiceBusMessage message = new ServiceBusMessage(country);
    message.getApplicationProperties().put("country", country);
    return message;
  }
}
