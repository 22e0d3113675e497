package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Destination;
import dev.roost.emulator.codec.Message;

/** What goes wrong because somebody asked for it. */
final class Faults {
  void send(Destination destination, Message message) {
    destination.send(message);
  }

  void disposition(Runnable settle) {
    settle.run();
  }
}
