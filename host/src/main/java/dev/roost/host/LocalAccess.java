package dev.roost.host;

import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HttpRequest;

/**
 * Who may call what while there are no keys: in Development on a loopback address everybody may
 * call everything, everywhere else only what is anonymous is open.
 *
 * @param open true in Development on loopback
 */
record LocalAccess(boolean open) implements Access {
  @Override
  public Decision decide(AccessLevel required, String function, HttpRequest request) {
    return open || required == AccessLevel.ANONYMOUS ? Decision.ALLOWED : Decision.UNAUTHORIZED;
  }
}
