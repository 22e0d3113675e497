package dev.roost.host.limit;

import java.util.Locale;

/** Why a limit is what it is, or why nothing begins: one word of few, for metrics. */
public enum Reason {
  /** Static settings. */
  FIXED,
  /** As much as the app's settings or the host allow. */
  CEILING,
  /** Still looking for the level, upwards. */
  RISING,
  /** More in flight adds latency and nothing else. */
  LATENCY,
  /** Failures or throttles rose. */
  FAILURES,
  /** Fewer events come than may run. */
  VOLUME,
  /** The last step up or down paid. */
  STEP,
  /** The process is strained: its share. */
  SHARE,
  /** Its circuit breaker holds events back. */
  BREAKER,
  /** Its rate, or its group's, holds events back. */
  RATE;

  /** As a label of a metric. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
