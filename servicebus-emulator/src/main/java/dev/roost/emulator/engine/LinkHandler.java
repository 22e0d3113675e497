package dev.roost.emulator.engine;

import org.apache.qpid.proton.engine.Delivery;

/** What a link of a client is connected to; kept as the link's context. */
interface LinkHandler {
  /** The client granted credit, or wants it drained. */
  default void flow() {}

  /** Bytes came, or the client's decision about a message. */
  default void delivery(Delivery delivery) {}

  /** The link has gone, with its connection or by itself. */
  default void gone() {}
}
