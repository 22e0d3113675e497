package dev.roost.spi.image;

/** Puts files on top of a base image, and the result where it is wanted. */
public interface ImageBuilder {

  /**
   * Builds an image. The same order over the same base makes the same digest.
   *
   * @return the digest of its manifest: {@code sha256:…}
   * @throws ImageException when a reference is wrong, or a registry or file can't be used
   * @throws InterruptedException when the calling thread was interrupted
   */
  String build(ImageOrder order) throws ImageException, InterruptedException;
}
