package dev.roost.spi;

/**
 * Something in the user's configuration or code that keeps a part of the app from running.
 *
 * @param where the file or function, for example {@code host.json} or {@code function 'Orders'}
 * @param key the setting, attribute or JSON path at fault; empty when the whole thing is
 * @param found what was found, in words
 * @param remedy what the reader can do about it
 */
public record Problem(String where, String key, String found, String remedy) {

  /** One line: {@code where: key: found. remedy}. */
  public String line() {
    return where + ": " + (key.isEmpty() ? "" : key + ": ") + found + ". " + remedy;
  }
}
