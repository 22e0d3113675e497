package dev.roost.timer;

import dev.roost.spi.BindingException;
import dev.roost.spi.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the time zone of a timer: its own, then {@code WEBSITE_TIME_ZONE} (IANA or Windows name, as
 * App Service takes it), then {@code TZ}, then the machine's.
 */
final class Zones {
  private static final String WEBSITE_TIME_ZONE = "WEBSITE_TIME_ZONE";
  private static final String TZ = "TZ";

  private static final Map<String, String> WINDOWS = windowsNames();
  private static final Map<String, String> IANA = ianaNames();

  private Zones() {}

  /**
   * The zone to use.
   *
   * @param key the name of the function's own attribute
   * @param own the function's own zone, if it has one
   * @throws BindingException when the first one that is set is not a zone
   */
  static ZoneId find(String key, Optional<String> own, Settings settings) throws BindingException {
    if (own.isPresent()) {
      return required(key, own.get());
    }
    Optional<String> name = setting(settings);
    return name.isPresent()
        ? required(name.get(), settings.get(name.get()).orElse(""))
        : ZoneId.systemDefault();
  }

  /** The setting that gives all timers their zone, if one is set. */
  static Optional<String> setting(Settings settings) {
    return Stream.of(WEBSITE_TIME_ZONE, TZ)
        .filter(name -> settings.get(name).filter(text -> !text.isBlank()).isPresent())
        .findFirst();
  }

  private static ZoneId required(String key, String name) throws BindingException {
    return parse(name)
        .orElseThrow(() ->
            new BindingException(
                key,
                "'" + name + "' is not a time zone",
                "Use an IANA name such as Europe/Paris, or a Windows name such as Romance Standard"
                    + " Time."));
  }

  /** The zone of an IANA name, an offset or a Windows name, in any case. */
  static Optional<ZoneId> parse(String text) {
    // The C library takes a leading colon; it means "the rest is a file name".
    String name = text.strip().replaceFirst("^:", "").replaceFirst("^/usr/share/zoneinfo/", "");
    String iana = WINDOWS.getOrDefault(name, name);
    try {
      return Optional.of(ZoneId.of(IANA.getOrDefault(iana, iana)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> ianaNames() {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ZoneId.getAvailableZoneIds().forEach(id -> names.put(id, id));
    return names;
  }

  private static Map<String, String> windowsNames() {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (InputStream in =
            Objects.requireNonNull(Zones.class.getResourceAsStream("windows-zones.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(pair -> names.put(pair[0], pair[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("windows-zones.tsv inside the timer binding's jar", e);
    }
    return names;
  }
}
