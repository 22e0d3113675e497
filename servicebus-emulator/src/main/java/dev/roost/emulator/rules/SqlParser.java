package dev.roost.emulator.rules;

import dev.roost.emulator.rules.SqlTokens.Kind;
import dev.roost.emulator.rules.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Service Bus's SQL, weakest binding first: {@code OR}, {@code AND}, {@code NOT}, comparison,
 * sum, product, sign, operand.
 */
final class SqlParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

  /** Words that name a property only when they are delimited. */
  private static final Set<String> RESERVED =
      Set.of("AND", "OR", "NOT", "LIKE", "IN", "IS", "NULL", "ESCAPE", "TRUE", "FALSE", "EXISTS");

  /** Deeper nesting is refused, so that reading and evaluating cannot exhaust the stack. */
  private static final int DEEPEST = 100;

  private final SqlTokens tokens;
  private int depth;

  private SqlParser(String sql) {
    tokens = new SqlTokens(sql);
  }

  /** A condition. */
  static Expression condition(String sql) {
    SqlParser parser = new SqlParser(sql);
    Expression condition = parser.or();
    if (!parser.tokens.atEnd()) {
      throw parser.tokens.bad("more than a condition");
    }
    return condition;
  }

  /** Statements separated by {@code ;}. */
  static List<SqlStatement> statements(String sql) {
    SqlParser parser = new SqlParser(sql);
    List<SqlStatement> statements = new ArrayList<>();
    while (!parser.tokens.atEnd()) {
      statements.add(parser.statement());
      if (!parser.tokens.atEnd()) {
        parser.tokens.require(";");
      }
    }
    return statements;
  }

  private SqlStatement statement() {
    if (tokens.takeIf("SET")) {
      Expression property = property();
      tokens.require("=");
      return new SqlStatement.Set(property, or());
    }
    tokens.require("REMOVE");
    return new SqlStatement.Remove(property());
  }

  private Expression or() {
    if (++depth > DEEPEST) {
      throw tokens.bad("nested more than " + DEEPEST + " deep");
    }
    Expression left = and();
    while (tokens.takeIf("OR")) {
      left = new Expression.Or(left, and());
    }
    depth--;
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.takeIf("AND")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    boolean negated = false;
    while (tokens.takeIf("NOT")) {
      negated = !negated;
    }
    return negated ? new Expression.Not(comparison()) : comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    Token next = tokens.peek();
    if (next.kind() == Kind.SIGN && COMPARISONS.contains(next.text())) {
      return new Expression.Comparison(left, tokens.take().text(), sum());
    }
    if (tokens.takeIf("IS")) {
      boolean negated = tokens.takeIf("NOT");
      tokens.require("NULL");
      return negated(negated, new Expression.IsNull(left));
    }
    boolean negated = tokens.takeIf("NOT");
    if (tokens.takeIf("LIKE")) {
      Expression pattern = sum();
      Expression escape = tokens.takeIf("ESCAPE") ? sum() : new Expression.Literal(null);
      return negated(negated, new Expression.Like(left, pattern, escape));
    }
    if (tokens.takeIf("IN")) {
      return negated(negated, new Expression.In(left, list()));
    }
    if (negated) {
      throw tokens.bad("LIKE or IN is missing");
    }
    return left;
  }

  private static Expression negated(boolean negated, Expression expression) {
    return negated ? new Expression.Not(expression) : expression;
  }

  private List<Expression> list() {
    List<Expression> elements = new ArrayList<>();
    tokens.require("(");
    do {
      elements.add(sum());
    } while (tokens.takeIf(","));
    tokens.require(")");
    return elements;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (tokens.takeIf("+")) {
        left = new Expression.Calculation(left, '+', product());
      } else if (tokens.takeIf("-")) {
        left = new Expression.Calculation(left, '-', product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = sign();
    while (true) {
      if (tokens.takeIf("*")) {
        left = new Expression.Calculation(left, '*', sign());
      } else if (tokens.takeIf("/")) {
        left = new Expression.Calculation(left, '/', sign());
      } else if (tokens.takeIf("%")) {
        left = new Expression.Calculation(left, '%', sign());
      } else {
        return left;
      }
    }
  }

  private Expression sign() {
    boolean negative = false;
    while (tokens.peek().kind() == Kind.SIGN) {
      if (tokens.takeIf("-")) {
        negative = !negative;
      } else if (!tokens.takeIf("+")) {
        break;
      }
    }
    Expression operand = operand();
    return negative
        ? new Expression.Calculation(new Expression.Literal(0L), '-', operand)
        : operand;
  }

  private Expression operand() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case TEXT -> new Expression.Literal(tokens.take().text());
      case NUMBER -> number();
      case DELIMITED -> property();
      case WORD -> word();
      case SIGN -> {
        tokens.require("(");
        Expression inner = or();
        tokens.require(")");
        yield inner;
      }
      case END -> throw tokens.bad("something is missing");
    };
  }

  private Expression number() {
    String text = tokens.peek().text();
    try {
      Object value =
          text.chars().allMatch(Character::isDigit)
              ? (Object) Long.valueOf(text)
              : (Object) Double.valueOf(text);
      tokens.take();
      return new Expression.Literal(value);
    } catch (NumberFormatException _) {
      throw tokens.bad("no number");
    }
  }

  private Expression word() {
    String word = tokens.peek().text();
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "TRUE", "FALSE" -> {
        tokens.take();
        yield new Expression.Literal(Boolean.valueOf(word.toLowerCase(Locale.ROOT)));
      }
      case "NULL" -> {
        tokens.take();
        yield new Expression.Literal(null);
      }
      case "EXISTS" -> {
        tokens.take();
        yield new Expression.Not(new Expression.IsNull(inParentheses()));
      }
      case "NEWID" -> {
        tokens.take();
        tokens.require("(");
        tokens.require(")");
        yield new Expression.NewId();
      }
      default -> property();
    };
  }

  private Expression inParentheses() {
    tokens.require("(");
    Expression property = property();
    tokens.require(")");
    return property;
  }

  /** {@code name}, {@code user.name} or {@code sys.Name}; a name may be delimited. */
  private Expression property() {
    Token first = name();
    String scope = first.text().toLowerCase(Locale.ROOT);
    boolean scoped =
        first.kind() == Kind.WORD
            && (scope.equals("sys") || scope.equals("user"))
            && tokens.takeIf(".");
    if (!scoped) {
      return new Expression.UserProperty(first.text());
    }
    String name = name().text();
    if (scope.equals("user")) {
      return new Expression.UserProperty(name);
    }
    Optional<SystemProperty> property = SystemProperty.sql(name);
    return new Expression.SystemValue(
        property.orElseThrow(() -> tokens.bad("no system property '" + name + "'")));
  }

  private Token name() {
    Token token = tokens.peek();
    boolean word =
        token.kind() == Kind.WORD && !RESERVED.contains(token.text().toUpperCase(Locale.ROOT));
    if (!word && token.kind() != Kind.DELIMITED) {
      throw tokens.bad("the name of a property is missing");
    }
    return tokens.take();
  }
}
