package dev.roost.spi.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that is wanted. User, working directory, environment and entrypoint are those of the
 * base.
 *
 * @param from the base: a reference to a registry, or {@code tar://} and the path of an archive as
 *     {@code docker save} makes it
 * @param to the image's name, with its registry and tag
 * @param platform operating system and processor, such as {@code linux/amd64}
 * @param archive a file to write instead of pushing to the registry
 * @param layers from the bottom to the top, above those of the base
 * @param labels in addition to those of the base
 * @param insecure whether a registry may be spoken to without TLS, or without its certificate being
 *     checked
 */
public record ImageOrder(
    String from,
    String to,
    String platform,
    Optional<Path> archive,
    List<Layer> layers,
    Map<String, String> labels,
    boolean insecure) {

  public ImageOrder {
    layers = List.copyOf(layers);
    labels = Map.copyOf(labels);
  }

  /**
   * One layer.
   *
   * @param name for the image's history
   * @param files by their absolute path in the image
   */
  public record Layer(String name, Map<String, Path> files) {
    public Layer {
      files = Map.copyOf(files);
    }
  }
}
