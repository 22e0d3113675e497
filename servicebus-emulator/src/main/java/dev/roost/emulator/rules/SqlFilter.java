package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;

/** Takes messages for which a condition in Service Bus's SQL is true; not when it is unknown. */
public final class SqlFilter implements Filter {
  private final String sql;
  private final Expression condition;

  /**
   * Reads the condition.
   *
   * @throws BadSql when it cannot be read
   */
  public SqlFilter(String sql) {
    this.sql = sql;
    condition = SqlParser.condition(sql);
  }

  /** The condition as it was given. */
  public String sql() {
    return sql;
  }

  @Override
  public boolean matches(Message message) {
    return Boolean.TRUE.equals(condition.of(message));
  }

  @Override
  public String toString() {
    return sql;
  }
}
