package dev.roost.spi;

import java.util.Map;
import java.util.Optional;

/**
 * A named connection of a binding, found in the settings. Source of the rules: WebJobs SDK,
 * IConfigurationExtensions.
 */
public sealed interface Connection {

  /** The setting or section that it was read from; safe to show. */
  String origin();

  /**
   * A connection string: a secret.
   *
   * @param origin the setting's name
   * @param value never shown or logged
   */
  record Text(String origin, String value) implements Connection {
    @Override
    public String toString() {
      return "Connection[" + origin + "]";
    }
  }

  /**
   * A section of settings for an identity.
   *
   * @param origin the section's name
   * @param section its keys, for example {@code accountName}, without regard to case
   */
  record Identity(String origin, Map<String, String> section) implements Connection {
    @Override
    public String toString() {
      return "Connection[" + origin + "]";
    }
  }

  /**
   * Finds the connection {@code name}: {@code ConnectionStrings:AzureWebJobsName}, {@code
   * AzureWebJobsName}, {@code ConnectionStrings:Name}, {@code Name}, each as a text and then as a
   * section.
   *
   * @param name the attribute's value; the provider's default when the attribute is empty
   */
  static Optional<Connection> find(Settings settings, String name) {
    for (String candidate :
        new String[] {
          "ConnectionStrings__AzureWebJobs" + name,
          "AzureWebJobs" + name,
          "ConnectionStrings__" + name,
          name
        }) {
      Optional<String> text = settings.get(candidate).filter(value -> !value.isBlank());
      if (text.isPresent()) {
        return Optional.of(new Text(candidate, text.get()));
      }
      Map<String, String> section = settings.section(candidate);
      if (!section.isEmpty()) {
        return Optional.of(new Identity(candidate, section));
      }
    }
    return Optional.empty();
  }

  /**
   * As {@link #find}, for the {@code connection} attribute of a binding.
   *
   * @throws BindingException when there is no such connection
   */
  static Connection required(Settings settings, String name) throws BindingException {
    boolean whole = name.startsWith("AzureWebJobs");
    return find(settings, name)
        .orElseThrow(() ->
            new BindingException(
                "connection",
                whole
                    ? "'" + name + "' is not set"
                    : "neither 'AzureWebJobs" + name + "' nor '" + name + "' is set",
                (whole ? "Set it" : "Set one of them")
                    + " to a connection string, or set "
                    + name
                    + "__accountName and its neighbours for an identity."));
  }
}
