package dev.roost.spi;

import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Jackson with its defaults, one for all who need no more. Made when it is first used: a mapper
 * takes a sixteenth of a start, and an app of HTTP functions may never need one.
 */
public final class PlainJson {
  /** Safe for use by many threads. */
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PlainJson() {}
}
