package dev.roost.annotations;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a function says of the messages of its batch, as its return value: those it names failed and
 * are delivered again or go to poison, each by its own count; the others are done. Immutable.
 */
public final class BatchResult {
  private static final BatchResult SUCCEEDED = new BatchResult(Map.of());

  private final Map<Integer, Throwable> failures;

  private BatchResult(Map<Integer, Throwable> failures) {
    this.failures = failures;
  }

  /** All messages are done, until {@link #withFailure} says otherwise. */
  public static BatchResult succeeded() {
    return SUCCEEDED;
  }

  /**
   * The same, but this message failed.
   *
   * @param index its position in the list or array, from 0
   * @param cause why; a {@link PermanentFailureException} sends it to poison at once
   */
  public BatchResult withFailure(int index, Throwable cause) {
    if (index < 0) {
      throw new IndexOutOfBoundsException(index);
    }
    Map<Integer, Throwable> more = new TreeMap<>(failures);
    more.put(index, cause);
    return new BatchResult(Collections.unmodifiableMap(more));
  }

  /** The failures by position, in order; unmodifiable. */
  public Map<Integer, Throwable> failures() {
    return failures;
  }
}
