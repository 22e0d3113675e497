package dev.roost.emulator.engine;

import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;

/** The sign-in of a connection: every mechanism succeeds; tokens come later, at {@code $cbs}. */
final class AnyoneMayEnter implements SaslListener {
  @Override
  public void onSaslInit(Sasl sasl, Transport transport) {
    sasl.done(Sasl.SaslOutcome.PN_SASL_OK);
  }

  @Override
  public void onSaslResponse(Sasl sasl, Transport transport) {
    sasl.done(Sasl.SaslOutcome.PN_SASL_OK);
  }

  @Override
  public void onSaslMechanisms(Sasl sasl, Transport transport) {
    // Only a client gets these.
  }

  @Override
  public void onSaslChallenge(Sasl sasl, Transport transport) {
    // Only a client gets these.
  }

  @Override
  public void onSaslOutcome(Sasl sasl, Transport transport) {
    // Only a client gets these.
  }
}
