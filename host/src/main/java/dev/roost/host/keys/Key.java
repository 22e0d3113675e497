package dev.roost.host.keys;

/**
 * A named secret that opens functions or the host.
 *
 * @param name unique within its kind and scope, in any case
 * @param value what the caller presents; never to be logged
 */
public record Key(String name, String value) {

  /** Without the value. */
  @Override
  public String toString() {
    return "Key[" + name + "]";
  }
}
