package dev.roost.storage.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import dev.roost.spi.BindingData;
import dev.roost.spi.Delivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.storage.queue.LeasedMessage;
import dev.roost.storage.queue.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of a blob on its way through one function. */
final class BlobDelivery implements Delivery {
  private final BlobFunction function;
  private final BlobMessage meant;
  private final BlobPath path;
  private final BlobClient blob;
  private final BlobProperties properties;
  private final LeasedMessage message;
  private final Duration renewEvery;
  private String invocationId = "";

  /**
   * @param meant what the message says
   * @param properties of the version that the message means
   */
  BlobDelivery(
      BlobFunction function,
      BlobMessage meant,
      BlobClient blob,
      BlobProperties properties,
      LeasedMessage message,
      Duration renewEvery) {
    this.function = function;
    this.meant = meant;
    this.path = meant.path();
    this.blob = blob;
    this.properties = properties;
    this.message = message;
    this.renewEvery = renewEvery;
  }

  @Override
  public String function() {
    return function.name();
  }

  /** When this version of the blob was written. */
  @Override
  public Optional<Instant> enqueuedAt() {
    return Optional.ofNullable(properties.getLastModified()).map(OffsetDateTime::toInstant);
  }

  /** Reads this version and no other: a blob that changes meanwhile fails the invocation. */
  @Override
  public Payload payload() {
    BlobRequestConditions sameVersion =
        new BlobRequestConditions().setIfMatch(properties.getETag());
    return new Payload.Stream(
        () -> BlobReader.open(blob, path.toString(), sameVersion), properties.getBlobSize());
  }

  @Override
  public BindingData data() {
    return BlobData.of(meant, blob.getBlobUrl(), properties, function.pattern());
  }

  @Override
  public String reason() {
    String source = function.isByEvent() ? "EventGrid" : "LogsAndContainerScan";
    return "New blob detected(" + source + "): " + path;
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("MessageId", message.id());
    details.put("DequeueCount", Long.toString(message.dequeueCount()));
    put(details, "InsertedOn", message.insertedOn());
    put(details, "BlobCreated", properties.getCreationTime());
    put(details, "BlobLastModified", properties.getLastModified());
    return details;
  }

  private static void put(Map<String, String> details, String name, @Nullable OffsetDateTime time) {
    if (time != null) {
      details.put(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    }
  }

  @Override
  public Optional<String> traceParent() {
    return BlobTrace.parent(properties.getMetadata());
  }

  @Override
  public String traceState() {
    return BlobTrace.state(properties.getMetadata());
  }

  @Override
  public Map<String, String> spanAttributes() {
    return Map.of(
        "faas.trigger",
        "datasource",
        "faas.document.collection",
        path.container(),
        "faas.document.name",
        path.name(),
        "faas.document.operation",
        meant.isUpdate() ? "edit" : "insert",
        "messaging.message.id",
        message.id());
  }

  @Override
  public long attempt() {
    return message.dequeueCount();
  }

  @Override
  public void invoked(String id) {
    invocationId = id;
  }

  @Override
  public Optional<Duration> renewEvery() {
    return Optional.of(renewEvery);
  }

  @Override
  public boolean renew() throws IOException {
    return message.renew();
  }

  @Override
  public void settle(Outcome outcome) throws IOException {
    function.settlement().settle(message, outcome, new Settlement.Run(invocationId, false));
  }
}
