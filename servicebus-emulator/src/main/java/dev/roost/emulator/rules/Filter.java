package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;

/** Which messages a rule takes. */
public sealed interface Filter permits Everything, Nothing, CorrelationFilter, SqlFilter {
  /** Whether the rule takes it. */
  boolean matches(Message message);
}
