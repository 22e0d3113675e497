package dev.roost.storage.blob;

import com.azure.storage.blob.BlobUrlParts;
import dev.roost.spi.BindingException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a blob is within its account.
 *
 * @param container in lower case, as Azure wants it
 * @param name may contain slashes; case matters
 */
public record BlobPath(String container, String name) {
  private static final Pattern CONTAINER =
      Pattern.compile("\\$root|\\$web|\\$logs|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]");

  /**
   * Reads {@code container/name}, or the URL of a blob, as Event Grid tells it.
   *
   * @throws BindingException when it is neither
   */
  static BlobPath parse(String text) throws BindingException {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return ofUrl(text);
    }
    String path = text.startsWith("/") ? text.substring(1) : text;
    int slash = path.indexOf('/');
    if (slash < 0 || slash == path.length() - 1) {
      throw new BindingException(
          "path", "'" + text + "' names no blob", "Write it as container/name.");
    }
    return checked(path.substring(0, slash), path.substring(slash + 1));
  }

  private static BlobPath ofUrl(String url) throws BindingException {
    try {
      BlobUrlParts parts = BlobUrlParts.parse(url);
      if (parts.getBlobContainerName() != null && parts.getBlobName() != null) {
        return checked(parts.getBlobContainerName(), parts.getBlobName());
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new BindingException(
        "path", "'" + url + "' is not the URL of a blob", "Write it as container/name.");
  }

  private static BlobPath checked(String container, String name) throws BindingException {
    checkContainer(container);
    if (name.length() > 1024) {
      throw new BindingException(
          "path",
          "the name of a blob in '" + container + "' has " + name.length() + " characters",
          "Azure allows at most 1024.");
    }
    return new BlobPath(container.toLowerCase(Locale.ROOT), name);
  }

  /**
   * Checks the name of a container in any case.
   *
   * @throws BindingException when Azure would refuse it
   */
  static void checkContainer(String container) throws BindingException {
    if (!CONTAINER.matcher(container.toLowerCase(Locale.ROOT)).matches()) {
      throw new BindingException(
          "path",
          "'" + container + "' is not a container's name",
          "Use 3 to 63 letters, digits and single hyphens, with a letter or digit at both ends.");
    }
  }

  @Override
  public String toString() {
    return container + "/" + name;
  }
}
