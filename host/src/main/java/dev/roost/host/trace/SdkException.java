package dev.roost.host.trace;

/** The SDK could not be made of the settings. */
final class SdkException extends Exception {
  SdkException(String message, Throwable cause) {
    super(message, cause);
  }
}
