package dev.roost.http;

/** What a connection waits for. */
enum Phase {
  /** A request. */
  HEAD,
  /** The decision whether and to whom a request goes. */
  ADMISSION,
  /** The body, before the function runs. */
  BODY,
  /** The body, while the function reads it. */
  STREAM,
  /** The answer. */
  ANSWER,
  /** The rest of a body that nobody wants; the answer was sent. */
  REST,
  /** The client, to take the last answer and close. */
  LINGER
}
