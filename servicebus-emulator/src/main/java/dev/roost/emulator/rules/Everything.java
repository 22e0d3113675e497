package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;

/** Takes every message. */
public record Everything() implements Filter {
  @Override
  public boolean matches(Message message) {
    return true;
  }
}
