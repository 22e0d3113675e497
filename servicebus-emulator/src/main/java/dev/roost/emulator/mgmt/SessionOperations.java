package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Session;
import dev.roost.emulator.time.EmulatorClock;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;

/** State and lock of a session that the client holds. */
record SessionOperations(Queue queue, EmulatorClock clock) {

  Reply state(Fields fields) {
    Session session = queue.session(fields.required("session-id"));
    // The key must be there when there is no state.
    return Reply.ok(Collections.singletonMap("session-state", session.state()));
  }

  Reply keep(Fields fields) {
    Session session = queue.session(fields.required("session-id"));
    session.keep(fields.get("session-state", Binary.class).map(Binary::copy).orElse(null));
    return Reply.ok(Map.of());
  }

  Reply renew(Fields fields) {
    Date end = Date.from(clock.told(queue.renewSession(fields.required("session-id"))));
    return Reply.ok(Map.of("expiration", end));
  }
}
