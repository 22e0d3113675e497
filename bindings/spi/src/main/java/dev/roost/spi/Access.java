package dev.roost.spi;

/** Decides whether an HTTP request may pass. Implementations compare keys in constant time. */
public interface Access {

  /**
   * @param required the level of the function or endpoint
   * @param function the function's name; empty for an endpoint of the host
   * @param request the request, with its headers and query
   */
  Decision decide(AccessLevel required, String function, HttpRequest request);

  /** The answers. */
  enum Decision {
    ALLOWED,
    /** No key, or an unknown one: 401. */
    UNAUTHORIZED,
    /** A valid key that does not reach so far: 403. */
    FORBIDDEN,
    /** The keys can't be read now, so nobody can say: 503. */
    UNAVAILABLE
  }
}
