package probe;

/** An enum. */
public enum Colour {
  RED,
  GREEN
}
