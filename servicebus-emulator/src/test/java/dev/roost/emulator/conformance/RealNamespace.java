package dev.roost.emulator.conformance;

import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateQueueOptions;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.CreateSubscriptionOptions;
import com.azure.messaging.servicebus.administration.models.CreateTopicOptions;
import com.azure.messaging.servicebus.administration.models.FalseRuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleFilter;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.TrueRuleFilter;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.emulator.rules.CorrelationFilter;
import dev.roost.emulator.rules.Everything;
import dev.roost.emulator.rules.Filter;
import dev.roost.emulator.rules.Nothing;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.SqlFilter;
import dev.roost.emulator.rules.SystemProperty;
import java.util.ArrayList;
import java.util.List;

/** A namespace on Azure: makes the entities of a test class and removes them. */
final class RealNamespace implements AutoCloseable {
  private final String connectionString;
  private final ServiceBusAdministrationClient admin;
  private final List<String> queues = new ArrayList<>();
  private final List<String> topics = new ArrayList<>();

  RealNamespace(String connectionString) {
    this.connectionString = connectionString;
    admin =
        new ServiceBusAdministrationClientBuilder()
            .connectionString(connectionString)
            .buildClient();
  }

  String connectionString() {
    return connectionString;
  }

  void create(QueueConfig queue) {
    CreateQueueOptions options =
        new CreateQueueOptions()
            .setSessionRequired(queue.requiresSession())
            .setLockDuration(queue.locking().duration())
            .setMaxDeliveryCount(queue.locking().maxDeliveryCount())
            .setDeadLetteringOnMessageExpiration(queue.expiry().deadLetter());
    queue.expiry().timeToLive().ifPresent(options::setDefaultMessageTimeToLive);
    queue
        .duplicates()
        .ifPresent(window ->
            options
                .setDuplicateDetectionRequired(true)
                .setDuplicateDetectionHistoryTimeWindow(window));
    queue.forwarding().to().ifPresent(options::setForwardTo);
    queue.forwarding().deadLettersTo().ifPresent(options::setForwardDeadLetteredMessagesTo);
    admin.createQueue(queue.name(), options);
    queues.add(queue.name());
  }

  void create(TopicConfig topic) {
    CreateTopicOptions options = new CreateTopicOptions();
    topic
        .duplicates()
        .ifPresent(window ->
            options
                .setDuplicateDetectionRequired(true)
                .setDuplicateDetectionHistoryTimeWindow(window));
    topic.timeToLive().ifPresent(options::setDefaultMessageTimeToLive);
    admin.createTopic(topic.name(), options);
    topics.add(topic.name());
    topic.subscriptions().forEach(subscription -> create(topic.name(), subscription));
  }

  private void create(String topic, SubscriptionConfig subscription) {
    QueueConfig queue = subscription.queue();
    CreateSubscriptionOptions options =
        new CreateSubscriptionOptions()
            .setSessionRequired(queue.requiresSession())
            .setLockDuration(queue.locking().duration())
            .setMaxDeliveryCount(queue.locking().maxDeliveryCount())
            .setDeadLetteringOnMessageExpiration(queue.expiry().deadLetter())
            .setEnableDeadLetteringOnFilterEvaluationExceptions(
                subscription.deadLetterFilterErrors());
    queue.expiry().timeToLive().ifPresent(options::setDefaultMessageTimeToLive);
    admin.createSubscription(topic, queue.name(), options);
    if (!subscription.rules().contains(Rule.TAKES_ALL)) {
      admin.deleteRule(topic, queue.name(), Rule.TAKES_ALL.name());
      for (Rule rule : subscription.rules()) {
        CreateRuleOptions wanted = new CreateRuleOptions(filter(rule.filter()));
        rule.action().ifPresent(action -> wanted.setAction(new SqlRuleAction(action.sql())));
        admin.createRule(topic, rule.name(), queue.name(), wanted);
      }
    }
  }

  private static RuleFilter filter(Filter filter) {
    return switch (filter) {
      case Everything _ -> new TrueRuleFilter();
      case Nothing _ -> new FalseRuleFilter();
      case SqlFilter sql -> new SqlRuleFilter(sql.sql());
      case CorrelationFilter correlation -> {
        CorrelationRuleFilter wanted = new CorrelationRuleFilter();
        wanted.setLabel(correlation.system().get(SystemProperty.LABEL));
        wanted.setCorrelationId(correlation.system().get(SystemProperty.CORRELATION_ID));
        wanted.getProperties().putAll(correlation.application());
        yield wanted;
      }
    };
  }

  @Override
  public void close() {
    queues.forEach(admin::deleteQueue);
    topics.forEach(admin::deleteTopic);
  }
}
