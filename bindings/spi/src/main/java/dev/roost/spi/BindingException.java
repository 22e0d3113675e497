package dev.roost.spi;

/** A binding can't be opened as the function asks for it; only that function fails. */
public final class BindingException extends Exception {
  private final String key;
  private final String found;
  private final String remedy;

  /**
   * @param key the attribute or setting at fault
   * @param found what was found, without a closing full stop
   * @param remedy what the user can do, a full sentence
   */
  public BindingException(String key, String found, String remedy) {
    super(key + ": " + found + ". " + remedy);
    this.key = key;
    this.found = found;
    this.remedy = remedy;
  }

  /** The same, told of a function. */
  public Problem problem(String function) {
    return new Problem("function '" + function + "'", key, found, remedy);
  }
}
