package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import dev.roost.spi.EffectiveSetting;
import dev.roost.spi.HostServices;
import dev.roost.storage.queue.OptionReader;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@code extensions.blobs} of host.json says, for all blob functions together.
 *
 * @param maxDegreeOfParallelism functions that run at once on this host
 * @param poisonBlobThreshold attempts before a blob is poison
 * @param receiveLease how long a message of the internal queue is ours without renewal
 * @param bounded true when maxDegreeOfParallelism bounds what runs at once
 * @param maxPollingInterval the longest pause between looks at the internal queue
 */
record BlobOptions(
    int maxDegreeOfParallelism,
    int poisonBlobThreshold,
    Duration receiveLease,
    boolean bounded,
    Duration maxPollingInterval) {

  /** Azure gives no more messages at once. */
  private static final int LARGEST_BATCH = 32;

  private static final Duration POLLING = Duration.ofMinutes(1);
  private static final Duration POLLING_IN_DEVELOPMENT = Duration.ofSeconds(2);

  /**
   * @throws BindingException naming the key and its place in host.json
   */
  static BlobOptions of(HostServices host) throws BindingException {
    OptionReader blobs = OptionReader.extension(host, "blobs");
    OptionReader queues = OptionReader.extension(host, "queues");
    return new BlobOptions(
        blobs.integer(
            "maxDegreeOfParallelism",
            8 * Runtime.getRuntime().availableProcessors(),
            1,
            Integer.MAX_VALUE),
        blobs.integer("poisonBlobThreshold", 5, 1, Integer.MAX_VALUE),
        queues.span("receiveLease", Duration.ofMinutes(2), Duration.ofSeconds(10)),
        host.concurrency().obeys(blobs.has("maxDegreeOfParallelism")),
        queues.span(
            "maxPollingInterval",
            host.development() ? POLLING_IN_DEVELOPMENT : POLLING,
            Duration.ofMillis(100)));
  }

  /** The same, and where each comes from. */
  List<EffectiveSetting> effective(HostServices host) {
    OptionReader blobs = OptionReader.extension(host, "blobs");
    OptionReader queues = OptionReader.extension(host, "queues");
    return List.of(
        blobs.effective("maxDegreeOfParallelism", maxDegreeOfParallelism),
        blobs.effective("poisonBlobThreshold", poisonBlobThreshold),
        queues.effective("receiveLease", receiveLease),
        queues.effective("maxPollingInterval", maxPollingInterval));
  }

  /** The most that may run at once, when somebody said. */
  OptionalInt ceiling() {
    return bounded ? OptionalInt.of(maxDegreeOfParallelism) : OptionalInt.empty();
  }

  /** Messages that are asked for at once: the official mapping where it holds. */
  int batchSize() {
    return !bounded ? LARGEST_BATCH : Math.min(LARGEST_BATCH, maxDegreeOfParallelism / 2 + 1);
  }
}
