package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;

/** Takes no message. */
public record Nothing() implements Filter {
  @Override
  public boolean matches(Message message) {
    return false;
  }
}
