package dev.roost.emulator.broker;

import dev.roost.emulator.time.Alarm;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.qpid.proton.amqp.Binary;
import org.jspecify.annotations.Nullable;

/** Messages with one session id, received by one link at a time. */
public final class Session {
  private final String id;
  private final Lane lane;
  private final Set<Entry> lent = new LinkedHashSet<>();
  private @Nullable Binary state;
  private @Nullable Consumer holder;
  private Instant lockedUntil = Instant.EPOCH;
  private @Nullable Alarm alarm;

  Session(String id, Lane lane) {
    this.id = id;
    this.lane = lane;
  }

  /** The session id. */
  public String id() {
    return id;
  }

  /** When its lock ends unless it is renewed. */
  public Instant lockedUntil() {
    return lockedUntil;
  }

  /** What receivers keep with it; null when nothing. */
  public @Nullable Binary state() {
    return state;
  }

  /** Keeps something with it; null forgets it. */
  public void keep(@Nullable Binary next) {
    state = next;
  }

  Lane lane() {
    return lane;
  }

  boolean locked() {
    return holder != null;
  }

  @Nullable Consumer holder() {
    return holder;
  }

  void lock(Consumer by) {
    holder = by;
  }

  /** The lock lasts until then, when {@code next} ends it. */
  void lockUntil(Instant until, Alarm next) {
    if (alarm != null) {
      alarm.cancel();
    }
    lockedUntil = until;
    alarm = next;
  }

  /** Ends the lock; the messages that were received and not settled. */
  List<Entry> unlock() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    if (holder != null) {
      lane.detach(holder);
      holder = null;
    }
    List<Entry> open = List.copyOf(lent);
    lent.clear();
    return open;
  }

  void lent(Entry entry) {
    lent.add(entry);
  }

  void settled(Entry entry) {
    lent.remove(entry);
  }

  /** Whether nothing would be missed without it. */
  boolean forgettable() {
    return !locked() && state == null && lane.isEmpty() && lent.isEmpty();
  }
}
