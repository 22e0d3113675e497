package dev.roost.http.route;

/** A route template breaks the syntax; the message says how, without a closing full stop. */
public final class RouteSyntaxException extends Exception {
  RouteSyntaxException(String message) {
    super(message);
  }
}
