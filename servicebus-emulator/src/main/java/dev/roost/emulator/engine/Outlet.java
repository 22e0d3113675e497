package dev.roost.emulator.engine;

import dev.roost.emulator.broker.Consumer;
import dev.roost.emulator.broker.Queue;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.broker.Session;
import java.util.UUID;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Sender;
import org.jspecify.annotations.Nullable;

/** A link on which a client receives from a queue, or from one session of it. */
final class Outlet implements LinkHandler, Consumer {
  /** Bytes that may wait to be written; a client that grants much and reads little gets no more. */
  private static final int UNWRITTEN = 1 << 20;

  private final Peer peer;
  private final Sender link;
  private final Queue queue;
  private final @Nullable Session session;
  private final boolean destructive;
  private boolean gone;

  Outlet(Peer peer, Sender link, Queue queue, @Nullable Session session) {
    this.peer = peer;
    this.link = link;
    this.queue = queue;
    this.session = session;
    destructive = link.getRemoteSenderSettleMode() == SenderSettleMode.SETTLED;
  }

  @Override
  public boolean ready() {
    if (gone || link.getLocalState() != EndpointState.ACTIVE || link.getCredit() <= 0) {
      return false;
    }
    if (link.getSession().getOutgoingBytes() >= UNWRITTEN) {
      peer.whenWritten(this::flow);
      return false;
    }
    return true;
  }

  @Override
  public boolean destructive() {
    return destructive;
  }

  @Override
  public void deliver(UUID lockToken, byte[] message) {
    Delivery delivery = link.delivery(LockTag.of(lockToken));
    delivery.setContext(lockToken);
    link.send(message, 0, message.length);
    if (destructive) {
      delivery.settle();
    } else {
      link.advance();
    }
    peer.touch();
  }

  @Override
  public void revoke(Refused why) {
    end(why);
  }

  /** Ends the link from this side. */
  void end(Refused why) {
    Errors.end(link, why);
    gone();
    peer.touch();
  }

  @Override
  public void flow() {
    if (!gone) {
      queue.pump(session);
      if (link.getDrain() && link.getCredit() > 0) {
        link.drained();
      }
    }
  }

  @Override
  public void delivery(Delivery delivery) {
    DeliveryState state = delivery.getRemoteState();
    if (state != null && delivery.isUpdated() && delivery.getContext() instanceof UUID token) {
      peer.faults().disposition(() -> settle(delivery, token, state));
    } else if (delivery.remotelySettled()) {
      // Without an outcome the lock stays until its time is over.
      delivery.settle();
    }
    delivery.clear();
  }

  private void settle(Delivery delivery, UUID token, DeliveryState state) {
    if (gone || delivery.isSettled()) {
      return;
    }
    try {
      queue.settle(token, Outcomes.settlement(state));
      delivery.disposition(state);
    } catch (Refused why) {
      delivery.disposition(Errors.rejected(why));
    }
    delivery.settle();
    peer.touch();
  }

  @Override
  public void gone() {
    if (!gone) {
      gone = true;
      queue.detach(this, session);
    }
  }
}
