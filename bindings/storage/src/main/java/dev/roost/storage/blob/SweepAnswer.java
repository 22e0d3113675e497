package dev.roost.storage.blob;

import dev.roost.storage.blob.Explanation.Verdict;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Why no sweep has taken in a blob that is there and complete.
 *
 * @param function whose blob it is
 * @param position of the scan of its container
 * @param written when the blob was written last
 */
record SweepAnswer(BlobFunction function, Position position, Instant written) {

  Explanation explain(
      BiConsumer<String, String> find, BiFunction<Verdict, String, Explanation> told) {
    String sweep =
        position
            .lastSweep()
            .map(last ->
                "from %s to %s by host %s".formatted(last.start(), last.end(), last.instance()))
            .orElse("none is noted");
    find.accept("last sweep", sweep + " (noted once a minute)");
    Position.Registration known = position.functions().get(function.id());
    if (known == null || !known.isFor(function)) {
      find.accept(
          "function", known == null ? "not seen by a sweep yet" : "its path or start is new");
      return told.apply(
          Verdict.NOT_SWEPT_YET,
          "No sweep was completed for '%s' with this path yet: is a host running that has it?"
              .formatted(function.name()));
    }
    Instant from = known.from().orElse(Instant.MAX);
    find.accept(
        "startFrom", known.start() + (from.equals(Instant.EPOCH) ? "" : ", that is " + from));
    find.accept("watermark", position.scanned().toString());
    if (written.isBefore(from)) {
      return told.apply(
          Verdict.BEFORE_START,
          "It was written at %s, before '%s' counts blobs (startFrom %s)"
              .formatted(written, function.name(), known.start()));
    }
    if (!known.begun()) {
      return told.apply(Verdict.NOT_SWEPT_YET, "The first sweep of the container is not completed");
    }
    boolean passed = written.isBefore(position.scanned());
    return told.apply(
        passed ? Verdict.PASSED_OVER : Verdict.NOT_SWEPT_YET,
        passed
            ? "The watermark has passed it and it has no receipt: its receipt was deleted, or it"
                + " was there before the host's scanInfo began; write the blob again to run it"
            : "No sweep has found it yet: the next one does");
  }
}
