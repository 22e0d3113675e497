package dev.roost.emulator.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a filter or action, read one by one. */
final class SqlTokens {
  enum Kind {
    WORD,
    DELIMITED,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  /** A word; {@code text} without the quotes, {@code at} where it starts. */
  record Token(Kind kind, String text, int at) {}

  private static final String SIGNS = "(),.;=<>+-*/%";
  private static final List<String> TWO = List.of("<>", "!=", "<=", ">=");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  SqlTokens(String sql) {
    this.sql = sql;
    int at = 0;
    while (at < sql.length()) {
      at = Character.isWhitespace(sql.charAt(at)) ? at + 1 : read(at);
    }
    tokens.add(new Token(Kind.END, "", sql.length()));
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  /** Takes the word or sign if it is next; words in any case. */
  boolean takeIf(String wanted) {
    Token token = peek();
    boolean same =
        (token.kind() == Kind.WORD || token.kind() == Kind.SIGN)
            && token.text().toUpperCase(Locale.ROOT).equals(wanted);
    if (same) {
      next++;
    }
    return same;
  }

  void require(String wanted) {
    if (!takeIf(wanted)) {
      throw bad("'" + wanted + "' is missing");
    }
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  BadSql bad(String what) {
    return new BadSql(what + " at position " + (peek().at() + 1) + " of: " + sql);
  }

  private int read(int at) {
    char c = sql.charAt(at);
    if (c == '\'') {
      return quoted(at, '\'', Kind.TEXT);
    }
    if (c == '"') {
      return quoted(at, '"', Kind.DELIMITED);
    }
    if (c == '[') {
      return quoted(at, ']', Kind.DELIMITED);
    }
    if (Character.isDigit(c)) {
      return number(at);
    }
    if (Character.isLetter(c) || c == '_' || c == '@') {
      int end = at + 1;
      while (end < sql.length() && wordPart(sql.charAt(end))) {
        end++;
      }
      return add(Kind.WORD, at, end);
    }
    if (at + 2 <= sql.length() && TWO.contains(sql.substring(at, at + 2))) {
      return add(Kind.SIGN, at, at + 2);
    }
    if (SIGNS.indexOf(c) >= 0) {
      return add(Kind.SIGN, at, at + 1);
    }
    throw new BadSql("'" + c + "' means nothing at position " + (at + 1) + " of: " + sql);
  }

  private static boolean wordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private int number(int at) {
    int end = at;
    while (end < sql.length() && (Character.isDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
      end++;
    }
    if (end < sql.length() && (sql.charAt(end) == 'e' || sql.charAt(end) == 'E')) {
      end++;
      if (end < sql.length() && (sql.charAt(end) == '-' || sql.charAt(end) == '+')) {
        end++;
      }
      while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
        end++;
      }
    }
    return add(Kind.NUMBER, at, end);
  }

  /** A quote within is written twice. */
  private int quoted(int start, char quote, Kind kind) {
    StringBuilder text = new StringBuilder();
    for (int at = start + 1; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c != quote) {
        text.append(c);
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        text.append(c);
        at++;
      } else {
        tokens.add(new Token(kind, text.toString(), start));
        return at + 1;
      }
    }
    throw new BadSql("a quote is not closed at position " + (start + 1) + " of: " + sql);
  }

  private int add(Kind kind, int from, int to) {
    tokens.add(new Token(kind, sql.substring(from, to), from));
    return to;
  }
}
