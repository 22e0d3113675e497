package dev.roost.host.invoke;

import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Function;

/** Gson adapters that write java.time as its ISO 8601 text and read that. */
final class JavaTime {
  private JavaTime() {}

  static GsonBuilder register(GsonBuilder builder) {
    add(builder, Instant.class, Instant::parse);
    add(builder, LocalDate.class, LocalDate::parse);
    add(builder, LocalTime.class, LocalTime::parse);
    add(builder, LocalDateTime.class, LocalDateTime::parse);
    add(builder, OffsetDateTime.class, OffsetDateTime::parse);
    add(builder, OffsetTime.class, OffsetTime::parse);
    add(builder, ZonedDateTime.class, ZonedDateTime::parse);
    add(builder, Duration.class, Duration::parse);
    add(builder, Period.class, Period::parse);
    add(builder, Year.class, Year::parse);
    add(builder, YearMonth.class, YearMonth::parse);
    add(builder, MonthDay.class, MonthDay::parse);
    return builder.registerTypeHierarchyAdapter(ZoneId.class, new AsText<>(ZoneId::of).nullSafe());
  }

  private static <T> void add(GsonBuilder builder, Class<T> type, Function<String, T> parse) {
    builder.registerTypeAdapter(type, new AsText<>(parse).nullSafe());
  }

  private static final class AsText<T> extends TypeAdapter<T> {
    private final Function<String, T> parse;

    AsText(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      out.value(value.toString());
    }

    @Override
    public T read(JsonReader in) throws IOException {
      return parse.apply(in.nextString());
    }
  }
}
