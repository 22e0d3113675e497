package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import java.util.Map;

/** {@code $cbs}: takes any token, since the emulator listens on the loopback address alone. */
public final class CbsNode implements RequestNode {
  @Override
  public Reply answer(Request request) {
    if (!request.operation().equals("put-token") || !(request.body() instanceof String)) {
      throw new Refused(Conditions.ARGUMENT_ERROR, "$cbs takes put-token with a token as body.");
    }
    return Reply.ok(Map.of());
  }
}
