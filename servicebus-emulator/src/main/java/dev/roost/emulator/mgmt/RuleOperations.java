package dev.roost.emulator.mgmt;

import dev.roost.emulator.broker.Conditions;
import dev.roost.emulator.broker.Refused;
import dev.roost.emulator.broker.Subscription;
import dev.roost.emulator.rules.BadSql;
import dev.roost.emulator.rules.CorrelationFilter;
import dev.roost.emulator.rules.Everything;
import dev.roost.emulator.rules.Filter;
import dev.roost.emulator.rules.Nothing;
import dev.roost.emulator.rules.Rule;
import dev.roost.emulator.rules.SqlAction;
import dev.roost.emulator.rules.SqlFilter;
import dev.roost.emulator.rules.SystemProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a subscription. */
record RuleOperations(Subscription subscription) {
  private static final long RULE = 0x13700000004L;
  private static final long NO_ACTION = 0x13700000005L;
  private static final long SQL_ACTION = 0x13700000006L;
  private static final long SQL_FILTER = 0x1370000006L;
  private static final long TRUE_FILTER = 0x1370000007L;
  private static final long FALSE_FILTER = 0x1370000008L;
  private static final long CORRELATION_FILTER = 0x1370000009L;

  /** The order of a correlation filter's fields on the wire. */
  private static final List<SystemProperty> CORRELATION_FIELDS =
      List.of(
          SystemProperty.CORRELATION_ID,
          SystemProperty.MESSAGE_ID,
          SystemProperty.TO,
          SystemProperty.REPLY_TO,
          SystemProperty.LABEL,
          SystemProperty.SESSION_ID,
          SystemProperty.REPLY_TO_SESSION_ID,
          SystemProperty.CONTENT_TYPE);

  Reply add(Fields fields) {
    Fields description = fields.map("rule-description");
    try {
      subscription.add(
          new Rule(fields.required("rule-name"), filter(description), action(description)));
    } catch (BadSql e) {
      throw new Refused(Conditions.ARGUMENT_ERROR, String.valueOf(e.getMessage()));
    }
    return Reply.ok(Map.of());
  }

  Reply remove(Fields fields) {
    subscription.remove(fields.required("rule-name"));
    return Reply.ok(Map.of());
  }

  Reply list(Fields fields) {
    long skip = Math.max(0, fields.number("skip").orElse(0L));
    long top = Math.max(0, fields.number("top").orElse(100L));
    List<Map<String, Object>> rules =
        subscription.rules().stream()
            .skip(skip)
            .limit(top)
            .map(rule -> Map.<String, Object>of("rule-description", described(rule)))
            .toList();
    return rules.isEmpty() ? Reply.nothing() : Reply.ok(Map.of("rules", rules));
  }

  private static Filter filter(Fields description) {
    if (description.has("sql-filter")) {
      return new SqlFilter(description.map("sql-filter").required("expression"));
    }
    if (!description.has("correlation-filter")) {
      return new Everything();
    }
    Fields wanted = description.map("correlation-filter");
    Map<SystemProperty, String> system = new EnumMap<>(SystemProperty.class);
    for (SystemProperty property : SystemProperty.values()) {
      wanted.text(property.toString()).ifPresent(value -> system.put(property, value));
    }
    return new CorrelationFilter(system, wanted.properties("properties"));
  }

  private static Optional<SqlAction> action(Fields description) {
    return description.has("sql-rule-action")
        ? description.map("sql-rule-action").text("expression").map(SqlAction::new)
        : Optional.empty();
  }

  private static Described described(Rule rule) {
    Described action =
        rule.action()
            .map(each -> new Described(SQL_ACTION, List.of(each.sql())))
            .orElseGet(() -> new Described(NO_ACTION, List.of()));
    return new Described(
        RULE, List.of(described(rule.filter()), action, rule.name(), Date.from(Instant.EPOCH)));
  }

  private static Described described(Filter filter) {
    return switch (filter) {
      case Everything _ -> new Described(TRUE_FILTER, List.of());
      case Nothing _ -> new Described(FALSE_FILTER, List.of());
      case SqlFilter sql -> new Described(SQL_FILTER, List.of(sql.sql()));
      case CorrelationFilter(
              Map<SystemProperty, String> system,
              Map<String, Object> application) -> {
        List<@Nullable Object> fields = new ArrayList<>();
        CORRELATION_FIELDS.forEach(property -> fields.add(system.get(property)));
        fields.add(application);
        yield new Described(CORRELATION_FILTER, fields);
      }
    };
  }
}
