package dev.roost.emulator.broker;

import org.jspecify.annotations.Nullable;

/** The messages that wait to be received: in one lane, or in a lane for each session. */
final class Waiting {
  private final Lane lane;
  private final @Nullable Sessions sessions;

  /** {@code sessions} is null where messages have none. */
  Waiting(Lane lane, @Nullable Sessions sessions) {
    this.lane = lane;
    this.sessions = sessions;
  }

  /** Hands a message to who is ready, or lets it wait. */
  void offer(Entry entry) {
    if (sessions == null) {
      lane.add(entry);
      lane.pump();
      return;
    }
    Session session = sessions.of(sessionId(entry));
    session.lane().add(entry);
    sessions.pump(session);
  }

  void remove(Entry entry) {
    lane.remove(entry);
    if (sessions != null) {
      sessions.find(sessionId(entry)).ifPresent(session -> session.lane().remove(entry));
    }
  }

  /** The session of a message; null where messages have none. */
  @Nullable Session sessionOf(Entry entry) {
    return sessions == null ? null : sessions.of(sessionId(entry));
  }

  int size() {
    return sessions == null
        ? lane.size()
        : sessions.all().stream().mapToInt(session -> session.lane().size()).sum();
  }

  int receivers() {
    return sessions == null
        ? lane.consumers()
        : (int) sessions.all().stream().filter(Session::locked).count();
  }

  private static String sessionId(Entry entry) {
    return entry.message().sessionId().orElse("");
  }
}
