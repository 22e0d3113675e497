package dev.roost.host;

/** The version of this host, from its jar's manifest. */
public final class Version {
  private Version() {}

  /** For example {@code 0.1.0}; {@code development} when it does not run from a jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
