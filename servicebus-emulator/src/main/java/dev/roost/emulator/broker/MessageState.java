package dev.roost.emulator.broker;

/** The state of a message. */
enum MessageState {
  ACTIVE(0),
  DEFERRED(1),
  SCHEDULED(2);

  private final int code;

  MessageState(int code) {
    this.code = code;
  }

  /** The value of {@code x-opt-message-state}. */
  int code() {
    return code;
  }
}
