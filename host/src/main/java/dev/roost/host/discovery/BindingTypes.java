package dev.roost.host.discovery;

import dev.roost.spi.Direction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The binding annotations of Microsoft's library 3.2.3 and what they are in function.json. Known by
 * simple name without regard to case, as azure-functions-maven-plugin knows them.
 */
final class BindingTypes {

  /** A binding's {@code type} and {@code direction}. */
  record BindingType(String type, Direction direction) {}

  private static final Map<String, BindingType> TYPES =
      Map.ofEntries(
          in("HttpTrigger", "httpTrigger"),
          out("HttpOutput", "http"),
          in("TimerTrigger", "timerTrigger"),
          in("QueueTrigger", "queueTrigger"),
          out("QueueOutput", "queue"),
          in("BlobTrigger", "blobTrigger"),
          in("BlobInput", "blob"),
          out("BlobOutput", "blob"),
          in("ServiceBusQueueTrigger", "serviceBusTrigger"),
          out("ServiceBusQueueOutput", "serviceBus"),
          in("ServiceBusTopicTrigger", "serviceBusTrigger"),
          out("ServiceBusTopicOutput", "serviceBus"),
          in("TableInput", "table"),
          out("TableOutput", "table"),
          in("EventHubTrigger", "eventHubTrigger"),
          out("EventHubOutput", "eventHub"),
          in("EventGridTrigger", "eventGridTrigger"),
          out("EventGridOutput", "eventGrid"),
          in("CosmosDBTrigger", "cosmosDBTrigger"),
          in("CosmosDBInput", "cosmosDB"),
          out("CosmosDBOutput", "cosmosDB"),
          in("KafkaTrigger", "kafkaTrigger"),
          out("KafkaOutput", "kafka"),
          out("SendGridOutput", "sendGrid"),
          out("TwilioSmsOutput", "twilioSms"),
          in("McpToolTrigger", "mcpToolTrigger"),
          in("McpToolProperty", "mcpToolProperty"));

  /** Attributes that function.json has even at their default. */
  private static final Map<String, Set<String>> ALWAYS_WRITTEN =
      Map.of("httpTrigger", Set.of("authLevel"), "eventHubTrigger", Set.of("cardinality"));

  private static final Set<String> STORAGE =
      Set.of("blob", "blobtrigger", "queue", "queuetrigger", "table");

  private BindingTypes() {}

  static Optional<BindingType> of(String annotationName) {
    String simple = annotationName.substring(annotationName.lastIndexOf('.') + 1);
    return Optional.ofNullable(TYPES.get(simple.toLowerCase(Locale.ROOT)));
  }

  static Set<String> alwaysWritten(String type) {
    return ALWAYS_WRITTEN.getOrDefault(type, Set.of());
  }

  /** True for the bindings whose {@code connection} {@code @StorageAccount} fills in. */
  static boolean isStorage(String type) {
    return STORAGE.contains(type.toLowerCase(Locale.ROOT));
  }

  private static Map.Entry<String, BindingType> in(String annotation, String type) {
    return Map.entry(annotation.toLowerCase(Locale.ROOT), new BindingType(type, Direction.IN));
  }

  private static Map.Entry<String, BindingType> out(String annotation, String type) {
    return Map.entry(annotation.toLowerCase(Locale.ROOT), new BindingType(type, Direction.OUT));
  }
}
