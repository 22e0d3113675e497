package dev.roost.host.export;

import java.util.Locale;

/** Names that Kubernetes takes: DNS labels. */
final class Names {
  private static final int LONGEST = 50;

  private Names() {}

  static String label(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String named = plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "app-" + plain : plain;
    return named.substring(0, Math.min(named.length(), LONGEST)).replaceAll("-+$", "");
  }
}
