package dev.roost.storage.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Receipts in memory. */
final class MemoryIntake implements Intake {
  final Set<String> receipts = new TreeSet<>();
  final List<String> queued = new ArrayList<>();
  final Map<String, Integer> looks = new TreeMap<>();
  Predicate<FoundBlob> later = _ -> false;
  Predicate<FoundBlob> broken = _ -> false;
  private long calls;

  @Override
  public synchronized Verdict take(FoundBlob blob, BlobFunction function, boolean maybeOld)
      throws IOException {
    String receipt = function.name() + ":" + blob.name() + blob.etag();
    looks.merge(receipt, 1, Integer::sum);
    calls++;
    if (broken.test(blob)) {
      throw new IOException("receipts are out of reach");
    }
    if (later.test(blob)) {
      return Verdict.LATER;
    }
    if (!receipts.add(receipt)) {
      return Verdict.KNOWN;
    }
    queued.add(receipt);
    return Verdict.QUEUED;
  }

  @Override
  public synchronized long calls() {
    return calls;
  }
}
