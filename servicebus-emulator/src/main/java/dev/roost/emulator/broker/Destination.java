package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Message;

/** Takes messages: a queue or a topic. Methods throw {@link Refused}. */
public interface Destination {
  /** Takes a message of a client. A time of enqueuing in the future schedules it. */
  void send(Message message);

  /** Keeps a message until its scheduled time; the number cancels it. */
  long schedule(Message message);

  /** Takes back scheduled messages; all of them or, if one is not there, none. */
  void cancelScheduled(Iterable<Long> numbers);

  /** Takes a message that another entity passes on. */
  void forward(Arrival arrival);
}
