package dev.roost.host.keys;

/** What became of a wish to change a key. */
public sealed interface KeyEdit {
  /** There is a key where none was. */
  record Created(Key key) implements KeyEdit {}

  /** The key has another value; the old one is void. */
  record Renewed(Key key) implements KeyEdit {}

  /** The key is gone. */
  record Deleted() implements KeyEdit {}

  /** There is no such key. */
  record Missing() implements KeyEdit {}

  /**
   * It can't be.
   *
   * @param reason why, for a person
   */
  record Refused(String reason) implements KeyEdit {}
}
