package dev.roost.spi;

/**
 * Implemented by exceptions that the sender of an HTTP request caused and may be told of, such as a
 * body that is not the JSON the function wants. Found anywhere in the causes of {@link
 * Outcome.Failed}, it is the answer instead of a 500 without a word.
 */
public interface RequestFault {

  /** What the sender gets; it must not tell anything of the app's inside. */
  HttpResponse response();
}
