package dev.roost.host.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The id under which the hosts of one app share state. Source of the rules: functions-host,
 * ScriptHostIdProvider.
 *
 * @param value at most 32 characters, lower case
 * @param generated true when it was made from the machine's name, which differs between replicas
 */
public record HostId(String value, boolean generated) {
  private static final int LONGEST = 32;

  /**
   * The id of an app: the setting {@code AzureFunctionsWebHost__hostid}, the site's name on App
   * Service, the app's name on Container Apps (an addition of ours), or one made from machine and
   * folder.
   */
  public static HostId of(EnvironmentSettings settings, String machine, Path root) {
    Optional<String> given = settings.get("AzureFunctionsWebHost__hostid").filter(HostId::says);
    if (given.isPresent()) {
      return new HostId(normal(given.get()), false);
    }
    Optional<String> site = settings.get("WEBSITE_SITE_NAME").filter(HostId::says);
    if (site.isPresent()) {
      String slot = settings.get("WEBSITE_SLOT_NAME").orElse("production");
      boolean production = slot.isBlank() || slot.equalsIgnoreCase("production");
      return new HostId(normal(production ? site.get() : site.get() + "-" + slot), false);
    }
    Optional<String> containerApp = settings.get("CONTAINER_APP_NAME").filter(HostId::says);
    if (containerApp.isPresent()) {
      return new HostId(normal(containerApp.get()), false);
    }
    return new HostId(normal(alphanumeric(machine) + "-" + Math.abs(hash(root.toString()))), true);
  }

  private static boolean says(String value) {
    return !value.isBlank();
  }

  private static String normal(String id) {
    String lower = id.strip().toLowerCase(Locale.ROOT);
    String cut = lower.length() > LONGEST ? lower.substring(0, LONGEST) : lower;
    while (cut.endsWith("-")) {
      cut = cut.substring(0, cut.length() - 1);
    }
    return cut;
  }

  private static String alphanumeric(String machine) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < machine.length(); i++) {
      if (Character.isLetterOrDigit(machine.charAt(i))) {
        kept.append(machine.charAt(i));
      }
    }
    return kept.toString();
  }

  private static int hash(String text) {
    int hash = 23;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return hash == Integer.MIN_VALUE ? 0 : hash;
  }
}
