package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;
import java.util.List;

/** Changes properties of the messages that a rule takes, in Service Bus's SQL. */
public final class SqlAction {
  private final String sql;
  private final List<SqlStatement> statements;

  /**
   * Reads the statements.
   *
   * @throws BadSql when they cannot be read
   */
  public SqlAction(String sql) {
    this.sql = sql;
    statements = SqlParser.statements(sql);
  }

  /** The statements as they were given. */
  public String sql() {
    return sql;
  }

  /** The message with the changes made. */
  public Message applyTo(Message message) {
    Message changed = message;
    for (SqlStatement statement : statements) {
      changed = statement.applyTo(changed);
    }
    return changed;
  }

  @Override
  public String toString() {
    return sql;
  }
}
