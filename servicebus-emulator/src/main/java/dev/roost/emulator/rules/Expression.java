package dev.roost.emulator.rules;

import dev.roost.emulator.codec.Message;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that has a value for a message. As in SQL, null stands for unknown. */
sealed interface Expression {
  @Nullable Object of(Message message);

  record Literal(@Nullable Object value) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      return value;
    }
  }

  /** A property that the sender set; its name in the given case, or else in any. */
  record UserProperty(String name) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object exact = message.applicationProperties().get(name);
      if (exact != null) {
        return exact;
      }
      return message.applicationProperties().entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> Optional.ofNullable(entry.getValue()))
          .findFirst()
          .flatMap(found -> found)
          .orElse(null);
    }
  }

  record SystemValue(SystemProperty property) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      return property.of(message.properties());
    }
  }

  /** {@code newid()}: a new id each time. */
  record NewId() implements Expression {
    @Override
    public Object of(Message message) {
      return UUID.randomUUID().toString();
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      return operand.of(message) instanceof Boolean value ? !value : null;
    }
  }

  record And(Expression left, Expression right) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object a = left.of(message);
      if (Boolean.FALSE.equals(a)) {
        return false;
      }
      Object b = right.of(message);
      if (Boolean.FALSE.equals(b)) {
        return false;
      }
      return (a == null || b == null) ? null : true;
    }
  }

  record Or(Expression left, Expression right) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object a = left.of(message);
      if (Boolean.TRUE.equals(a)) {
        return true;
      }
      Object b = right.of(message);
      if (Boolean.TRUE.equals(b)) {
        return true;
      }
      return (a == null || b == null) ? null : false;
    }
  }

  /** Values of kinds that have no order are unknown to one another. */
  record Comparison(Expression left, String sign, Expression right) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object a = left.of(message);
      Object b = right.of(message);
      if (a == null || b == null) {
        return null;
      }
      Optional<Integer> order = Values.compare(a, b);
      return order.isEmpty() ? null : (Object) holds(order.get());
    }

    private boolean holds(int order) {
      return switch (sign) {
        case "=" -> order == 0;
        case "<>", "!=" -> order != 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }

  record Calculation(Expression left, char sign, Expression right) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object a = left.of(message);
      Object b = right.of(message);
      return a == null || b == null ? null : Values.calculate(a, sign, b);
    }
  }

  record IsNull(Expression operand) implements Expression {
    @Override
    public Object of(Message message) {
      return operand.of(message) == null;
    }
  }

  record In(Expression operand, List<Expression> choices) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object value = operand.of(message);
      return value == null
          ? null
          : (Object) choices.stream().anyMatch(choice -> Values.same(value, choice.of(message)));
    }
  }

  record Like(Expression operand, Expression pattern, Expression escape) implements Expression {
    @Override
    public @Nullable Object of(Message message) {
      Object value = operand.of(message);
      Object wanted = pattern.of(message);
      Object sign = escape.of(message);
      if (value == null || wanted == null) {
        return null;
      }
      return Wildcards.match(
          wanted.toString(), value.toString(), sign == null ? "" : sign.toString());
    }
  }
}
