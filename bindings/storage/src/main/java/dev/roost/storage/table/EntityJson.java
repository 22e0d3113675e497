package dev.roost.storage.table;

import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entities as JSON objects. Reading gives every property, {@code odata.etag} and {@code Timestamp}
 * among them; times are ISO text, binary is Base64. Writing takes whole numbers as Edm.Int64 and
 * ISO times as Edm.DateTime, as the official host does, unless {@code name@odata.type} says
 * something else or the stored property has another type that fits.
 */
final class EntityJson {
  static final String ETAG = "odata.etag";
  private static final String TYPE_SUFFIX = "@odata.type";
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private EntityJson() {}

  /** An entity as JSON. */
  static ObjectNode of(TableEntity entity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    entity.getProperties().forEach((name, value) -> json.set(name, json(value)));
    return json;
  }

  private static JsonNode json(@Nullable Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case null -> nodes.nullNode();
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Boolean flag -> nodes.booleanNode(flag);
      case byte[] bytes -> nodes.textNode(Base64.getEncoder().encodeToString(bytes));
      case OffsetDateTime time ->
          nodes.textNode(
              DateTimeFormatter.ISO_INSTANT.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
      default -> nodes.textNode(value.toString());
    };
  }

  /**
   * Copies the properties of a JSON object into an entity; nulls are left out, objects and arrays
   * become their JSON text.
   *
   * @param stored the properties of the stored entity, whose types are kept where the value fits
   * @throws IllegalArgumentException when a value does not fit the type that is asked for
   */
  static void fill(TableEntity entity, JsonNode json, Map<String, Object> stored) {
    json.properties()
        .forEach(property -> {
          String name = property.getKey();
          if (!isReserved(name) && !property.getValue().isNull()) {
            JsonNode type = json.path(name + TYPE_SUFFIX);
            entity.addProperty(
                name,
                type.isTextual()
                    ? typed(name, property.getValue(), type.textValue())
                    : value(property.getValue(), stored.get(name)));
          }
        });
  }

  private static boolean isReserved(String name) {
    return name.equalsIgnoreCase("PartitionKey")
        || name.equalsIgnoreCase("RowKey")
        || name.equals("Timestamp")
        || name.startsWith("odata.")
        || name.endsWith(TYPE_SUFFIX);
  }

  private static Object value(JsonNode value, @Nullable Object stored) {
    if (stored != null) {
      try {
        return typed("", value, type(stored));
      } catch (IllegalArgumentException _) {
        // The property changes its type.
      }
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? (Object) value.longValue() : (Object) value.doubleValue();
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual()) {
      return TIME.matcher(value.textValue()).matches() ? time(value) : value.textValue();
    }
    return value.isBoolean() ? (Object) value.booleanValue() : value.toString();
  }

  private static Object time(JsonNode value) {
    try {
      return OffsetDateTime.parse(value.textValue());
    } catch (DateTimeException _) {
      return value.textValue();
    }
  }

  private static String type(Object stored) {
    return switch (stored) {
      case Integer _ -> "Edm.Int32";
      case Long _ -> "Edm.Int64";
      case Double _ -> "Edm.Double";
      case Boolean _ -> "Edm.Boolean";
      case byte[] _ -> "Edm.Binary";
      case OffsetDateTime _ -> "Edm.DateTime";
      case UUID _ -> "Edm.Guid";
      default -> "Edm.String";
    };
  }

  private static Object typed(String name, JsonNode value, String type) {
    try {
      return switch (type) {
        case "Edm.Int32" -> new BigInteger(scalar(value)).intValueExact();
        case "Edm.Int64" -> new BigInteger(scalar(value)).longValueExact();
        case "Edm.Double" -> Double.valueOf(scalar(value));
        case "Edm.Binary" -> Base64.getDecoder().decode(text(value));
        case "Edm.DateTime" -> OffsetDateTime.parse(text(value));
        case "Edm.Guid" -> UUID.fromString(text(value));
        case "Edm.String" -> text(value);
        case "Edm.Boolean" -> flag(value);
        default -> throw new IllegalArgumentException("unknown type");
      };
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "the property '" + name + "' is no " + type + ", as " + name + TYPE_SUFFIX + " says", e);
    }
  }

  private static String scalar(JsonNode value) {
    if (value.isNumber() || value.isTextual()) {
      return value.asText();
    }
    throw new IllegalArgumentException("not a number");
  }

  private static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    throw new IllegalArgumentException("not a text");
  }

  private static boolean flag(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    throw new IllegalArgumentException("not true or false");
  }
}
