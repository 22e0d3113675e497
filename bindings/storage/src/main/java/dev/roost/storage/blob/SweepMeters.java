package dev.roost.storage.blob;

import dev.roost.spi.Meters;
import java.time.Duration;

/** Counts what the sweeps of one container find and cost. */
final class SweepMeters {
  private final Meters.Timing duration;
  private final Meters.Counter failed;
  private final Meters.Counter blobs;
  private final Meters.Counter looked;
  private final Meters.Counter queued;
  private final Meters.Counter calls;

  SweepMeters(Meters meters, String container) {
    String[] label = {"container", container};
    duration = meters.timing("roost.blob.sweep.duration", "How long completed sweeps took", label);
    failed = meters.counter("roost.blob.sweep.failures", "Sweeps that could not go on", label);
    blobs = meters.counter("roost.blob.sweep.listed", "Blobs that sweeps listed", label);
    looked =
        meters.counter(
            "roost.blob.sweep.looked",
            "Pairs of blob and function that were not known by heart",
            label);
    queued =
        meters.counter(
            "roost.blob.sweep.queued", "Pairs of blob and function that were enqueued", label);
    calls =
        meters.counter(
            "roost.blob.sweep.calls", "Calls to storage accounts that sweeps made", label);
  }

  /** A sweep was completed. */
  void completed(Sweep.Report report, Duration took) {
    duration.record(took);
    blobs.add(report.blobs());
    looked.add(report.looked());
    queued.add(report.queued());
    calls.add(report.calls());
  }

  /** A sweep stopped half-way; it goes on later. */
  void failed() {
    failed.add(1);
  }
}
