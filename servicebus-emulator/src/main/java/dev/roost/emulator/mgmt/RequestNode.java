package dev.roost.emulator.mgmt;

/** An address that answers requests. */
@FunctionalInterface
public interface RequestNode {
  /** Answers, or throws {@link dev.roost.emulator.broker.Refused}. */
  Reply answer(Request request);
}
