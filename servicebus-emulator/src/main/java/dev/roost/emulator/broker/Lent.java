package dev.roost.emulator.broker;

import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;

/** A message that was asked for by its number, encoded. */
public record Lent(UUID lockToken, Binary message) {}
