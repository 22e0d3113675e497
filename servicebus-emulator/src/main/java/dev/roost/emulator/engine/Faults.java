package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Destination;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.codec.Message;
import dev.roost.emulator.time.Alarms;
import dev.roost.emulator.time.EmulatorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What goes wrong because somebody asked for it. Any thread may ask. */
public final class Faults {
  private final AmqpServer server;
  private final EmulatorClock clock;
  private final Alarms alarms;
  private int rejections;
  private Refused rejection = busy();
  private Duration settleDelay = Duration.ZERO;

  Faults(AmqpServer server, EmulatorClock clock, Alarms alarms) {
    this.server = server;
    this.clock = clock;
    this.alarms = alarms;
  }

  /**
   * Closes every client's socket without a word, as a broken network does.
   *
   * @return how many
   */
  public int dropConnections() {
    return server.on(() -> {
      List<Peer> peers = server.peers();
      peers.forEach(peer -> peer.drop("a fault was asked for"));
      return peers.size();
    });
  }

  /**
   * Ends every link to an address with an error.
   *
   * @param condition as {@code amqp:link:detach-forced} or {@code com.microsoft:server-busy}
   * @return how many
   */
  public int detach(String address, String condition) {
    Refused why = new Refused(condition, "The emulator was asked to detach '" + address + "'.");
    return server.on(
        () -> server.peers().stream().mapToInt(peer -> peer.detach(address, why)).sum());
  }

  /** Rejects the next {@code count} messages that clients send. */
  public void rejectNext(int count, String condition) {
    set(() -> {
      rejections = count;
      rejection = new Refused(condition, "The emulator was asked to reject this message.");
    });
  }

  /** Rejects the next {@code count} messages with {@code com.microsoft:server-busy}. */
  public void serverBusy(int count) {
    rejectNext(count, Conditions.SERVER_BUSY);
  }

  /** Acts on what receivers decide only after this time; zero for at once. */
  public void delayDispositions(Duration delay) {
    set(() -> settleDelay = delay);
  }

  /** Nobody new can connect; who is connected stays. */
  public void stopListening() {
    set(server::stopListening);
  }

  /**
   * Listens again on the same port.
   *
   * @throws UncheckedIOException when another process has taken it
   */
  public void listenAgain() {
    set(() -> {
      try {
        server.listenAgain();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void set(Runnable change) {
    server.on(
        (Supplier<Optional<Void>>)
            () -> {
              change.run();
              return Optional.empty();
            });
  }

  /** Hands a client's message over, unless it is to be rejected. */
  void send(Destination destination, Message message) {
    if (rejections > 0) {
      rejections--;
      throw rejection;
    }
    destination.send(message);
  }

  /** Acts on a decision, later if asked to. */
  void disposition(Runnable settle) {
    if (settleDelay.isZero()) {
      settle.run();
    } else {
      alarms.at(clock.now().plus(settleDelay), settle);
    }
  }

  private static Refused busy() {
    return new Refused(Conditions.SERVER_BUSY, "The emulator was asked to be busy.");
  }
}
