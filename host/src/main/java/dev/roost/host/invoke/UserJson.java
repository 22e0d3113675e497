package dev.roost.host.invoke;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.Reader;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.text.ParseException;
import java.time.DateTimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of users' values: Gson with its default rules, as apps know it from the official worker,
 * and with java.time and Optional added. The Gson classes are shared with the app, so that its own
 * annotations and adapters count.
 */
final class UserJson {
  static final Gson GSON =
      JavaTime.register(new GsonBuilder())
          .registerTypeAdapterFactory(new OptionalAdapters())
          .create();

  /** Gson names the place in some of its messages. */
  private static final Pattern TOLD_PATH = Pattern.compile("at path (\\$\\S*)");

  private UserJson() {}

  /**
   * Checks that Gson can ever make a value of the type.
   *
   * @throws IllegalArgumentException when it can't; says why
   */
  static void check(Type type, Class<?> raw) {
    String reason = null;
    try {
      String adapter = GSON.getAdapter(TypeToken.get(type)).getClass().getName();
      if (adapter.contains("ReflectiveTypeAdapterFactory")
          && Modifier.isAbstract(raw.getModifiers())) {
        reason = raw.isInterface() ? "an interface" : "an abstract class";
      }
    } catch (JsonParseException | IllegalArgumentException e) {
      reason = "out of reach for Gson: " + firstLine(e);
    }
    if (reason != null) {
      throw new IllegalArgumentException(type.getTypeName() + " is " + reason);
    }
  }

  /**
   * Reads a value from text.
   *
   * @throws ConversionException when the text is empty or does not fit the type
   */
  static @Nullable Object read(String text, Type type) throws ConversionException {
    if (text.isBlank()) {
      throw new ConversionException("the text is empty, where JSON is needed");
    }
    try {
      return GSON.fromJson(Reader.of(text), type);
    } catch (RuntimeException e) {
      return readBare(text, type, e);
    }
  }

  /** Reads a value that stands inside other JSON. */
  static @Nullable Object read(JsonElement element, Type type) throws ConversionException {
    try {
      return GSON.fromJson(element, type);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Reads text without quotes as a JSON string: a date, a URI. */
  private static @Nullable Object readBare(String text, Type type, RuntimeException first)
      throws ConversionException {
    char start = text.strip().charAt(0);
    if (start != '{' && start != '[' && start != '"') {
      try {
        return GSON.fromJson(new JsonPrimitive(text), type);
      } catch (RuntimeException _) {
        throw failure(first).in(place(text, type));
      }
    }
    throw failure(first).in(place(text, type));
  }

  /** Reads the text again, only to see where it stops to fit. */
  private static String place(String text, Type type) {
    JsonReader reader = new JsonReader(Reader.of(text));
    try {
      var _ = GSON.fromJson(reader, type);
      return "";
    } catch (RuntimeException e) {
      Matcher told = TOLD_PATH.matcher(String.valueOf(e.getMessage()));
      if (told.find()) {
        return told.group(1);
      }
      // A date is taken from the text before it is looked at, a number after.
      return root(e) instanceof DateTimeException ? reader.getPreviousPath() : reader.getPath();
    }
  }

  /**
   * Says why without showing the value: what Gson says of the shape is kept, what quotes the text
   * is not, and what the user's own classes throw stays the cause.
   */
  private static ConversionException failure(RuntimeException failure) {
    Throwable root = root(failure);
    return switch (root) {
      case NumberFormatException _ -> new ConversionException("a number in the JSON does not fit");
      case DateTimeException _ -> new ConversionException("a date or time is not ISO 8601");
      case ParseException _ -> new ConversionException("a date is in no known format");
      case MalformedJsonException _ ->
          new ConversionException("the text is not JSON: " + firstLine(root));
      case EOFException _ -> new ConversionException("the JSON ends too early");
      case IllegalStateException _ -> new ConversionException(firstLine(root));
      case JsonParseException _ -> new ConversionException("the JSON does not fit the type");
      default ->
          new ConversionException(
              "the value can't be made: " + root.getClass().getSimpleName(), root);
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof ParseException)) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
