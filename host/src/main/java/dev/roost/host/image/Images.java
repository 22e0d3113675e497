package dev.roost.host.image;

import dev.roost.host.library.LibraryFolder;
import dev.roost.spi.image.ImageBuilder;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ServiceLoader;

/** Finds who builds images, in {@code lib/image} of the distribution, and has one built. */
public final class Images {
  private Images() {}

  /**
   * Builds an image.
   *
   * @return its digest
   */
  public static String build(ImageOrder order) throws ImageException, InterruptedException {
    return build(order, LibraryFolder.named("image"));
  }

  static String build(ImageOrder order, LibraryFolder folder)
      throws ImageException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader libraries = folder.loader()) {
      // The libraries look for their parts in it.
      thread.setContextClassLoader(libraries);
      ImageBuilder builder =
          ServiceLoader.load(ImageBuilder.class, libraries)
              .findFirst()
              .orElseThrow(() -> new ImageException(missing(folder), null));
      return builder.build(order);
    } catch (IOException e) {
      throw new ImageException("The libraries in " + folder.path() + " can't be read: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String missing(LibraryFolder folder) {
    return "'roost image' needs the libraries in "
        + folder.path()
        + ", which are not there: the base image leaves them out. Run it from the distribution, on"
        + " the machine that builds the app.";
  }
}
