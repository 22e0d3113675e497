package dev.roost.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.roost.spi.image.ImageBuilder;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Builds through Jib Core: layers with fixed times and rights, so that the same files make the same
 * image. Credentials are those of Docker's configuration and its helpers.
 */
public final class JibBuilder implements ImageBuilder {
  private static final Logger LOG = System.getLogger("Host.Image");

  @Override
  public String build(ImageOrder order) throws ImageException, InterruptedException {
    try (Scratch layers = Scratch.folder()) {
      Containerizer target =
          target(order)
              .setAllowInsecureRegistries(order.insecure())
              .setApplicationLayersCache(layers.path())
              .addEventHandler(LogEvent.class, JibBuilder::log)
              .setToolName("roost");
      return image(order).containerize(target).getDigest().toString();
    } catch (InvalidImageReferenceException e) {
      throw new ImageException(
          "'%s' is no image reference. It reads registry/name:tag, such as"
                  .formatted(e.getInvalidReference())
              + " registry.example.com/team/app:1.",
          e);
    } catch (ExecutionException e) {
      throw Failure.of(order, e.getCause() == null ? e : e.getCause());
    } catch (RegistryException | CacheDirectoryCreationException | IOException e) {
      throw Failure.of(order, e);
    }
  }

  private static JibContainerBuilder image(ImageOrder order)
      throws InvalidImageReferenceException, ImageException {
    JibContainerBuilder image = base(order.from());
    String[] platform = order.platform().split("/", -1);
    if (platform.length != 2) {
      throw new ImageException(
          "'%s' is no platform. It reads linux/amd64 or linux/arm64.".formatted(order.platform()),
          null);
    }
    image.setPlatforms(Set.of(new Platform(platform[1], platform[0])));
    for (ImageOrder.Layer layer : order.layers()) {
      if (!layer.files().isEmpty()) {
        image.addFileEntriesLayer(entries(layer));
      }
    }
    new TreeMap<>(order.labels()).forEach(image::addLabel);
    return image;
  }

  /** In the order of their paths: the order of entries is part of a layer's digest. */
  private static FileEntriesLayer entries(ImageOrder.Layer layer) {
    FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
    new TreeMap<>(layer.files())
        .forEach(
            (path, file) -> entries.addEntry(file, AbsoluteUnixPath.get(path), permissions(file)));
    return entries.build();
  }

  /** Everybody may read: who runs the image is not who built it. */
  private static FilePermissions permissions(Path file) {
    return FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644");
  }

  private static JibContainerBuilder base(String from) throws InvalidImageReferenceException {
    return from.startsWith(Jib.TAR_IMAGE_PREFIX)
        ? Jib.from(TarImage.at(Path.of(from.substring(Jib.TAR_IMAGE_PREFIX.length()))))
        : Jib.from(registry(from));
  }

  private static Containerizer target(ImageOrder order) throws InvalidImageReferenceException {
    return order.archive().isPresent()
        ? Containerizer.to(TarImage.at(order.archive().get()).named(order.to()))
        : Containerizer.to(registry(order.to()));
  }

  private static RegistryImage registry(String reference) throws InvalidImageReferenceException {
    ImageReference image = ImageReference.parse(reference);
    CredentialRetrieverFactory credentials =
        CredentialRetrieverFactory.forImage(image, JibBuilder::log);
    return RegistryImage.named(image)
        .addCredentialRetriever(credentials.dockerConfig())
        .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
  }

  private static void log(LogEvent event) {
    boolean bad =
        event.getLevel() == LogEvent.Level.WARN || event.getLevel() == LogEvent.Level.ERROR;
    LOG.log(bad ? Level.WARNING : Level.DEBUG, event.getMessage());
  }
}
